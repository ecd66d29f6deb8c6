; The setup: for one user, without administrator rights, in Indonesian and English.
;
;   /S            asks nothing, shows nothing
;   /NODESKTOP    no shortcut on the desktop
;   /D=C:\folder  another place; the last word, without quotes
;
; Ends with 0 when it is done, 1 when someone cancelled, 2 when it was stopped (at the choice of
; language, or by an older version that cannot be removed), 3 while the program is open, 4 on a
; Windows older than 10 1809, 5 where the disk is full or can't be written, 6 where somebody uses a
; file in the folder. Whatever it ends with but 0, an older version is whole as it was: the new one
; is unpacked beside it, and takes its place by two changes of names. Books, backups and settings are
; never touched.

Unicode true
Target amd64-unicode
!ifndef QUICK ; large and packed in no time, to be tried
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64 ; both programs hold the same modules: the second copy costs nothing
!endif
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
RequestExecutionLevel user

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include shortcut.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define CLASSES "Software\Classes"
!define BOOK "KWTBooks.Book"
!define STAGE "$INSTDIR.kwt-new"
!define LEFT "$INSTDIR.kwt-old"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\${COMMAND}"

!ifdef SIGN ; a command that signs the file whose name follows
  !uninstfinalize '${SIGN} "%1"' = 0
  !finalize '${SIGN} "%1"' = 0
!endif

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${NAME}" "InstallDir"
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION_NUMBERS}"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey CompanyName "${NAME}"
VIAddVersionKey FileDescription "${NAME} Setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "${NAME}, MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\${NAME}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "SetupLanguage"
!define MUI_LANGDLL_WINDOWTITLE "${NAME}"
!define MUI_LANGDLL_INFO "Pilih bahasa pemasangan.$\r$\nChoose the language of the setup."
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!define MUI_WELCOMEFINISHPAGE_BITMAP "welcome.bmp"
!define MUI_FINISHPAGE_TITLE "$(DONE)"
!define MUI_FINISHPAGE_TEXT "$(DONE_TEXT)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "$(OPEN_NOW)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(KEPT)"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString WELCOME ${LANG_INDONESIAN} "Program ini memasang ${NAME} ${VERSION} di komputer ini, hanya untuk Anda.$\r$\n$\r$\nInternet dan kata sandi administrator tidak diperlukan. Kalau ${NAME} sudah terpasang, programnya diperbarui; buku, cadangan, dan pengaturan Anda tidak diubah.$\r$\n$\r$\nTutup dulu ${NAME} kalau masih terbuka, lalu lanjutkan."
LangString WELCOME ${LANG_ENGLISH} "This installs ${NAME} ${VERSION} on this computer, for you alone.$\r$\n$\r$\nNeither internet nor an administrator's password is needed. If ${NAME} is installed already, the program is renewed; your books, backups and settings stay as they are.$\r$\n$\r$\nClose ${NAME} first if it is open, then go on."
LangString DONE ${LANG_INDONESIAN} "${NAME} sudah terpasang"
LangString DONE ${LANG_ENGLISH} "${NAME} is installed"
LangString DONE_TEXT ${LANG_INDONESIAN} "Programnya ada di menu Start. Buku terbuka kalau diklik dua kali.$\r$\n$\r$\nPilih Selesai untuk menutup jendela ini."
LangString DONE_TEXT ${LANG_ENGLISH} "It is in the Start menu. Books open with a double click.$\r$\n$\r$\nChoose Finish to close this window."
LangString OPEN_NOW ${LANG_INDONESIAN} "Buka ${NAME} sekarang"
LangString OPEN_NOW ${LANG_ENGLISH} "Open ${NAME} now"
LangString KEPT ${LANG_INDONESIAN} "Hanya programnya yang dihapus. Buku, cadangan, dan pengaturan Anda tetap ada di komputer ini."
LangString KEPT ${LANG_ENGLISH} "Only the program is removed. Your books, backups and settings stay on this computer."
LangString RUNNING ${LANG_INDONESIAN} "${NAME} masih terbuka. Tutup dulu semua jendelanya, lalu pilih Coba Lagi.$\r$\n$\r$\nBelum ada yang diubah di komputer ini."
LangString RUNNING ${LANG_ENGLISH} "${NAME} is still open. Close all its windows, then choose Retry.$\r$\n$\r$\nNothing has been changed on this computer yet."
; Told before a language is chosen, so in both.
!define TOO_OLD "${NAME} memerlukan Windows 10 versi 1809 atau yang lebih baru, atau Windows 11. Perbarui Windows di komputer ini dulu.$\r$\n$\r$\nTidak ada yang diubah.$\r$\n$\r$\n${NAME} needs Windows 10, version 1809 or newer, or Windows 11. Update Windows on this computer first.$\r$\n$\r$\nNothing was changed."
LangString NO_ROOM ${LANG_INDONESIAN} "${NAME} tidak dapat ditulis ke $INSTDIR: diska penuh (perlu ${MEGABYTES} MB), atau tidak boleh ditulisi. Kosongkan sedikit tempat, atau pilih map lain.$\r$\n$\r$\nVersi yang sudah terpasang tetap utuh."
LangString NO_ROOM ${LANG_ENGLISH} "${NAME} could not be written to $INSTDIR: the disk is full (${MEGABYTES} MB are needed), or it can't be written. Make some room, or choose another folder.$\r$\n$\r$\nThe version that is installed is whole as it was."
LangString IN_USE ${LANG_INDONESIAN} "Ada berkas di $INSTDIR yang sedang dipakai program lain. Tutup program itu, atau nyalakan ulang komputer, lalu jalankan pemasangan ini sekali lagi.$\r$\n$\r$\nVersi yang sudah terpasang tetap utuh."
LangString IN_USE ${LANG_ENGLISH} "Another program uses a file in $INSTDIR. Close it, or restart the computer, then run this setup again.$\r$\n$\r$\nThe version that is installed is whole as it was."
LangString NOT_RENEWED ${LANG_INDONESIAN} "Versi lama tidak dapat dihapus, dan tetap terpasang. Nyalakan ulang komputer, lalu jalankan pemasangan ini sekali lagi."
LangString NOT_RENEWED ${LANG_ENGLISH} "The older version could not be removed, and stays installed. Restart the computer, then run this setup again."
LangString BOOK_KIND ${LANG_INDONESIAN} "Buku ${NAME}"
LangString BOOK_KIND ${LANG_ENGLISH} "${NAME} book"

; A program that runs cannot be opened for writing.
!macro REFUSE_WHILE_RUNNING FILE
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\${FILE}"
      ${Break}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\${FILE}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${Break}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDCANCEL`
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${Loop}
!macroend

!macro STOP TEXT CODE
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

!macro TELL_EXPLORER
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Function .onInit
  ; Windows 10 1809, the first that Qt runs on.
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONSTOP "${TOO_OLD}" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  ; Whatever language Windows has, the first window is Indonesian; a choice made before is kept.
  StrCpy $LANGUAGE ${LANG_INDONESIAN}
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

; What could not be unpacked: the disk is full, or a virus scanner holds a file.
Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "${STAGE}"
  MessageBox MB_OK|MB_ICONSTOP "$(NO_ROOM)" /SD IDOK
  SetErrorLevel 5
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; Somebody's own files beside the older version come to the new one. What lies deeper, in a folder
; that the program has too, stays where it is.
Function BringOver
  FindFirst $1 $2 "$5\*.*"
  ${While} $2 != ""
    ${If} $2 != "."
    ${AndIf} $2 != ".."
      RMDir "$5\$2"
      ${IfNot} ${FileExists} "$INSTDIR\$2"
        Rename "$5\$2" "$INSTDIR\$2"
      ${EndIf}
    ${EndIf}
    FindNext $1 $2
  ${EndWhile}
  FindClose $1
  RMDir "$5"
FunctionEnd

Section "program"
  SetShellVarContext current
  !insertmacro REFUSE_WHILE_RUNNING "${PROGRAM}"
  !insertmacro REFUSE_WHILE_RUNNING "${COMMAND}"

  ; Unpacked beside what there is: whatever goes wrong here harms nothing.
  ${GetRoot} "$INSTDIR" $0
  ClearErrors
  ${DriveSpace} "$0\" "/D=F /S=M" $1
  ${IfNot} ${Errors}
  ${AndIf} $1 < ${MEGABYTES}
    !insertmacro STOP "$(NO_ROOM)" 5
  ${EndIf}
  RMDir /r "${STAGE}"
  ClearErrors
  SetOutPath "${STAGE}"
  File /r "${FOLDER}/*"
  WriteUninstaller "${STAGE}\Uninstall.exe"
  SetOutPath "$TEMP" ; a folder that somebody stands in keeps its name
  ${If} ${Errors}
    RMDir /r "${STAGE}"
    !insertmacro STOP "$(NO_ROOM)" 5
  ${EndIf}

  ; Then it takes the place, by two changes of names.
  StrCpy $7 "new"
  StrCpy $5 ""
  ${If} ${FileExists} "$INSTDIR\*.*"
    StrCpy $6 1
    ${While} ${FileExists} "${LEFT}$6\*.*"
      IntOp $6 $6 + 1
    ${EndWhile}
    StrCpy $5 "${LEFT}$6"
    ClearErrors
    Rename "$INSTDIR" "$5"
    ${If} ${Errors}
      RMDir /r "${STAGE}"
      !insertmacro STOP "$(IN_USE)" 6
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "${STAGE}" "$INSTDIR"
  ${If} ${Errors}
    ${If} $5 != ""
      Rename "$5" "$INSTDIR"
    ${EndIf}
    RMDir /r "${STAGE}"
    !insertmacro STOP "$(IN_USE)" 6
  ${EndIf}

  ; An older version knows best what it brought: it removes that, and nothing else. It refuses
  ; before it has deleted anything, or not at all.
  ${If} ${FileExists} "$5\Uninstall.exe"
    StrCpy $7 "renewed"
    ExecWait '"$5\Uninstall.exe" /S /RENEW _?=$5' $0
    ${If} $0 <> 0
      Rename "$INSTDIR" "${STAGE}"
      Rename "$5" "$INSTDIR"
      RMDir /r "${STAGE}"
      !insertmacro STOP "$(NOT_RENEWED)" 2
    ${EndIf}
    Delete "$5\Uninstall.exe"
  ${EndIf}
  ${If} $5 != ""
    Call BringOver
  ${EndIf}
  SetOutPath "$INSTDIR"

  ; Who threw the shortcut on the desktop away does not get it back with every new version.
  !insertmacro CREATE_SHORTCUT "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}" "${IDENTITY}"
  ${GetParameters} $2
  ClearErrors
  ${GetOptions} $2 "/NODESKTOP" $3
  ${If} ${Errors}
  ${AndIf} $7 == "new"
    !insertmacro CREATE_SHORTCUT "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}" "${IDENTITY}"
  ${EndIf}

  WriteRegStr HKCU "Software\${NAME}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "Software\${NAME}" "SetupLanguage" $LANGUAGE ; a silent setup has no page that would
  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\${COMMAND}"

  WriteRegStr HKCU "${CLASSES}\.kwt" "" "${BOOK}"
  WriteRegStr HKCU "${CLASSES}\.kwt\OpenWithProgids" "${BOOK}" ""
  WriteRegStr HKCU "${CLASSES}\${BOOK}" "" "$(BOOK_KIND)"
  WriteRegStr HKCU "${CLASSES}\${BOOK}" "AppUserModelID" "${IDENTITY}"
  WriteRegStr HKCU "${CLASSES}\${BOOK}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${CLASSES}\${BOOK}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  !insertmacro TELL_EXPLORER

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  !insertmacro REFUSE_WHILE_RUNNING "${PROGRAM}"
  !insertmacro REFUSE_WHILE_RUNNING "${COMMAND}"

  ; Exactly what was installed, by name: somebody may have kept a book beside the program.
  !include "${REMOVE}"
  Delete "$INSTDIR\Uninstall.exe"

  ${GetParameters} $2
  ClearErrors
  ${GetOptions} $2 "/RENEW" $3
  ${If} ${Errors}
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "$DESKTOP\${NAME}.lnk"
    DeleteRegKey HKCU "${APP_PATH}"
    DeleteRegKey HKCU "${CLASSES}\${BOOK}"
    DeleteRegValue HKCU "${CLASSES}\.kwt\OpenWithProgids" "${BOOK}"
    ReadRegStr $0 HKCU "${CLASSES}\.kwt" ""
    ${If} $0 == "${BOOK}"
      DeleteRegValue HKCU "${CLASSES}\.kwt" ""
    ${EndIf}
    DeleteRegKey /ifempty HKCU "${CLASSES}\.kwt\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.kwt"
    DeleteRegKey HKCU "${UNINSTALL}"
    DeleteRegValue HKCU "Software\${NAME}" "InstallDir"
    DeleteRegValue HKCU "Software\${NAME}" "SetupLanguage"
    DeleteRegKey /ifempty HKCU "Software\${NAME}"
    !insertmacro TELL_EXPLORER
  ${EndIf}
SectionEnd
