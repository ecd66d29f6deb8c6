"""The least that PySide6 can show: what the program's own start is measured against."""

import sys

from PySide6.QtWidgets import QApplication, QWidget

app = QApplication(sys.argv)
window = QWidget()
window.setWindowTitle("Bare window")
window.resize(800, 600)
window.show()
sys.exit(app.exec())
