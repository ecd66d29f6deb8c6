"""Write the demo's book stream: the worked June, then July to November 2026 of the same group.

Run from the project's root: `python scripts/make_demo.py`. How a note becomes a line of the
stream stands in `demo_diary.py`.
"""

import json
from pathlib import Path

from demo_diary import BANK, CASH, HELD, Diary

ROOT = Path(__file__).parent.parent
JUNE = ROOT / "tests" / "data" / "juni-2026.jsonl"
PAPERS = ROOT / "scripts" / "demo_papers"
"""Receipts drawn for the demo, as a group would photograph or scan them."""
DEMO = ROOT / "resources" / "demo" / "2026.jsonl"


def july(d: Diary) -> None:
    d.setup("item", "benih-terong", "Benih terong ungu", unit="biji", class_="seed")
    d.setup("item", "bibit-terong", "Bibit terong", unit="batang", class_="seedling", price=2000)
    d.produce("terong", "Terong ungu", price=10000, standard_cost=3500)
    d.produce("cabai", "Cabai rawit", price=45000, standard_cost=15000)
    d.setup("party", "sdn-2", "SD Negeri 2 Kaliawi Persada", role="customer")
    d.setup("party", "toko-mesin", "Toko Mesin Jaya", role="supplier")
    d.dues("07-01", "Simpanan wajib Juli", without=(17, 19))
    d.settle("07-02", "siti", "keripik-pare 4 1 0 9000")
    d.settle("07-02", "joko", "keripik-bayam 2 0 0 8500")
    d.receive("07-02", "1112 68000", "Pelunasan titip jual Juni", CASH, party="joko")
    d.harvest("07-03", "sayur 33", spoiled=1)
    d.market("07-03", "sayur 33 32 rusak=1; keripik-pare 3", "Outlet Jumat pekan 1", qris=85000)
    note = "media 9 135000; benih-cabai 300 45000; benih-terong 200 26000"
    d.buy("07-04", "toko-tani", note, "Beli media dan benih", fund="3203")
    d.sow("07-06", "SM-0706", "bibit-cabai", 300, "benih-cabai 300; media 5", "Semai cabai rawit")
    d.sow("07-06", "ST-0706", "bibit-terong", 200, "benih-terong 200; media 3", "Semai terong")
    note = "tepung-beras 8 122000; minyak 6 128000; bumbu 2 57000; kemasan 80 64000"
    d.buy("07-06", "pasar", note, "Belanja bahan keripik")
    d.tend("07-07", "Semai ulang bedeng sayur", "benih-sayur 2; pupuk 6", 90000)
    d.harvest("07-07", "daun-bayam 5")
    d.fry("07-07", "keripik-bayam", 39, 5, gas=18000)
    d.consign("07-08", "siti", "keripik-bayam 12")
    d.consign("07-08", "joko", "keripik-bayam 10")
    d.dues("07-10", "Simpanan wajib Juli, susulan", only=(17, 19))
    d.harvest("07-10", "sayur 34")
    note = "sayur 34 33 rusak=1; keripik-bayam 10 8"
    d.market("07-10", note, "Outlet Jumat pekan 2", qris=120000)
    d.buy("07-13", "pasar", "pare 6.5 54000", "Beli pare")
    d.fry("07-13", "keripik-pare", 40, 6.5, gas=18000)
    d.consign("07-14", "siti", "keripik-pare 10")
    d.consign("07-14", "joko", "keripik-pare 8")
    d.tend("07-14", "Bedeng baru dan ajir pare", "polybag 120", 140000, "bibit-cabai 40")
    memo = "Bibit untuk kebun sekolah, uang muka"
    d.sell("07-15", "bibit-cabai 60", memo, received={CASH: 50000}, party="sdn-2")
    d.acquire("07-16", "BL-1", "Blender bumbu", "1203", 300000, 24, "Beli blender bekas")
    d.harvest("07-17", "sayur 35")
    note = "sayur 35; keripik-bayam 7 6; keripik-pare 12 10"
    d.market("07-17", note, "Outlet Jumat pekan 3", qris=95000, short=1000)
    d.pay("07-18", "6104 74200; 6105 28500", "Listrik, air, fotokopi", fund="3204")
    note = "tepung-beras 5 76500; minyak 4 86000; bumbu 1 28500; kemasan 50 40000"
    d.buy("07-20", "pasar", note, "Belanja bahan keripik")
    d.harvest("07-20", "daun-bayam 5.2")
    d.fry("07-20", "keripik-bayam", 41, 5.2, gas=19000)
    d.tend("07-21", "Pupuk susulan dan siang", "benih-sayur 2; pupuk 8", 125000)
    d.receive("07-22", "2104 75000", "Iuran KPP 15 rumah", HELD, party="kpp")
    d.harvest("07-24", "sayur 35", spoiled=2)
    note = "sayur 35; keripik-bayam 14 12 cicip=1; keripik-pare 8"
    d.market("07-24", note, "Outlet Jumat pekan 4", qris=110000)
    d.bank("07-25", 1400000)
    d.settle("07-25", "siti", "keripik-bayam 11 1 0 8500; keripik-pare 8 0 0 9000")
    d.settle("07-25", "joko", "keripik-bayam 7 0 0 8500; keripik-pare 6 0 0 9000")
    d.ready("07-27", "SM-0706", 236, "Cabai siap tanam, susut normal", lost=64)
    d.consign("07-27", "siti", "keripik-bayam 12")
    d.consign("07-27", "joko", "keripik-bayam 6")
    d.ready("07-28", "ST-0706", 170, "Sepuluh batang rebah kena hujan", lost=20, destroyed=10)
    d.receive("07-28", "1111 100000", "Pelunasan bibit kebun sekolah", BANK, party="sdn-2")
    d.pay("07-29", "6106 85000; 6103 70000", "Rapat bulanan, ongkos angkut", fund="3204")
    d.harvest("07-30", "sayur 6")
    d.give("07-30", "sayur 6", "Dibagi kepada anggota kerja bakti")
    d.harvest("07-31", "sayur 35")
    note = "sayur 35 34 rusak=1; keripik-bayam 12 10; keripik-pare 4 3"
    d.market("07-31", note, "Outlet Jumat pekan 5", qris=130000)
    d.voluntary("07-31", "anggota-03 50000; anggota-08 100000", "Simpanan sukarela")
    d.bank_month("07-31", interest=3120, fee=5500)
    d.count_stock("07-31", "kemasan 68; tepung-beras 2; minyak 3", "Opname gudang")
    d.count_cash("07-31", 1268000)
    d.end("07", "BA-07/KWT/VII/2026")


def august(d: Diary) -> None:
    d.setup("party", "wati", "Warung Bu Wati", role="shop")
    d.dues("08-01", "Simpanan wajib Agustus")
    note = "tepung-beras 9 139500; minyak 7 152000; bumbu 2 57000; kemasan 90 72000"
    d.buy("08-03", "pasar", note, "Belanja bahan keripik")
    d.harvest("08-04", "daun-bayam 5")
    d.fry("08-04", "keripik-bayam", 40, 5, gas=19000)
    note, bed = "media 1; pupuk 4", "Petak terong"
    d.tend("08-05", "Tanam terong di petak baru", note, 65000, "bibit-terong 110", bed)
    d.tend("08-06", "Olah bedeng, semai kangkung dan sawi", "benih-sayur 2", 150000)
    d.consign("08-06", "wati", "keripik-bayam 10", "Warung titipan baru")
    d.harvest("08-07", "sayur 32")
    note = "sayur 32 31 rusak=1; keripik-bayam 14 11; bibit-cabai 40 36"
    d.market("08-07", note, "Outlet Jumat pekan 1", qris=140000)
    note = "pupuk 25 131000; benih-sayur 6 93000; polybag 100 21000"
    d.buy("08-08", "toko-tani", note, "Beli pupuk dan benih sayur", fund="3203")
    d.sell("08-09", "bibit-cabai 70", "Bibit cabai untuk RT 05", received={CASH: 175000})
    d.buy("08-10", "pasar", "pare 12.5 106000", "Beli pare")
    d.fry("08-10", "keripik-pare", 41, 6.25, gas=19000)
    note = "tepung-beras 8 125000; minyak 6 131000; bumbu 2 58000; kemasan 80 66000"
    d.buy("08-11", "pasar", note, "Bahan keripik untuk gelar produk")
    d.fry("08-11", "keripik-pare", 39, 6.25, gas=19000)
    d.grant(
        "08-12",
        "Bantuan P2L tahap I, BAST 27/DP/VIII/2026",
        items="bibit-cabai 150 0; media 10 150000",
        lots={"bibit-cabai": "HIBAH-0812"},
        assets=[("SP-1", "Sprayer 16 liter", "1202", 450000, 36)],
    )
    note = "benih-sayur 2; pupuk 7; media 3"
    d.tend("08-12", "Tanam cabai dan sayur", note, 70000, "bibit-cabai 80")
    d.consign("08-13", "siti", "keripik-pare 12")
    d.harvest("08-14", "sayur 33")
    note = "sayur 33; keripik-bayam 8 7; keripik-pare 14 11"
    d.market("08-14", note, "Outlet Jumat pekan 2", qris=90000)
    d.harvest("08-15", "daun-bayam 5.4")
    d.fry("08-15", "keripik-bayam", 42, 5.4, gas=19500)
    memo, name = "Alat vakum kemasan, dibayar bulan depan", "Vacuum sealer"
    how = {"fund": "3201", "party": "toko-mesin"}
    d.acquire("08-16", "VS-1", name, "1203", 1150000, 48, memo, **how)
    note = "keripik-bayam 40 34 cicip=2; keripik-pare 34 30 cicip=2; "
    note += "bibit-cabai 60 52; bibit-terong 40 33"
    memo = "Gelar produk HUT RI di Lapangan Saburai"
    d.market("08-17", note, memo, qris=310000, venue="gelar-produk")
    d.pay("08-17", "6108 85000; 6103 60000", "Sewa stan dan angkutan gelar produk")
    d.pay("08-18", "6104 76800; 6105 17500", "Listrik, air, ATK", fund="3204", id="listrik-08")
    d.correct("08-19", "listrik-08", "Angka air tertukar dengan nota bulan lalu")
    d.pay("08-19", "6104 67800; 6105 17500", "Listrik, air, ATK", fund="3204")
    d.bank("08-19", 900000)
    d.tend("08-20", "Semai susulan dan pupuk", "benih-sayur 2; pupuk 4", 135000)
    d.harvest("08-21", "sayur 31", spoiled=1)
    d.market("08-21", "sayur 31; keripik-pare 12 9", "Outlet Jumat pekan 3", qris=75000)
    d.receive("08-22", "2104 70000", "Iuran KPP 14 rumah", HELD, party="kpp")
    d.pay("08-24", "2104 300000", "Setor iuran ke KPP", HELD, party="kpp")
    d.settle("08-25", "siti", "keripik-bayam 10 2 0 8500; keripik-pare 11 0 0 9000")
    d.settle("08-25", "joko", "keripik-bayam 8 1 0 8500; keripik-pare 2 0 0 9000", paid=False)
    d.settle("08-26", "wati", "keripik-bayam 9 0 1 8500")
    d.consign("08-26", "wati", "keripik-pare 8")
    d.tend("08-27", "Pupuk susulan terong", "pupuk 5", bed="Petak terong")
    d.harvest("08-28", "sayur 34")
    note = "sayur 34 33 rusak=1; keripik-bayam 10 8; keripik-pare 6 5"
    d.market("08-28", note, "Outlet Jumat pekan 4", qris=105000)
    d.pay("08-29", "6101 150000", "Ganti paranet rumah bibit", fund="3202")
    d.pay("08-30", "6106 95000", "Konsumsi rapat evaluasi gelar produk", fund="3204")
    d.bank_month("08-31", interest=4310, fee=5500)
    d.count_cash("08-31", 972000)
    d.end("08", "BA-08/KWT/VIII/2026")


def september(d: Diary) -> None:
    d.setup("party", "bu-rt", "Ibu RT 03", role="customer")
    d.dues("09-01", "Simpanan wajib September", without=(5,))
    d.pay("09-01", "2101 1150000", "Pelunasan vacuum sealer", BANK, party="toko-mesin")
    d.receive("09-02", "1112 86000", "Pelunasan titip jual Agustus", CASH, party="joko")
    note = "tepung-beras 6 96000; minyak 4 90500; bumbu 2 59000; kemasan 60 49500"
    d.buy("09-02", "pasar", note, "Belanja bahan keripik")
    d.harvest("09-03", "daun-bayam 4.5")
    d.fry("09-03", "keripik-bayam", 38, 4.5, gas=19500)
    d.harvest("09-04", "sayur 29", spoiled=3)
    note = "sayur 29; keripik-bayam 12 9; keripik-pare 4 3"
    d.market("09-04", note, "Outlet Jumat pekan 1, sayur dimakan ulat", qris=60000)
    d.consign("09-05", "siti", "keripik-bayam 12")
    d.consign("09-05", "joko", "keripik-bayam 10")
    d.consign("09-05", "wati", "keripik-bayam 8")
    d.tend("09-07", "Semprot hama ulat, semai ulang", "benih-sayur 2; pupuk 5", 140000)
    d.buy("09-08", "pasar", "pare 6 53000", "Beli pare, harga naik musim kemarau")
    d.fry("09-08", "keripik-pare", 36, 6, gas=19500)
    d.dues("09-09", "Simpanan wajib September, susulan", only=(5,))
    d.consign("09-10", "siti", "keripik-pare 10")
    d.consign("09-10", "joko", "keripik-pare 6")
    d.harvest("09-11", "sayur 27", spoiled=2)
    note = "sayur 27; keripik-bayam 8 6; keripik-pare 8 6"
    d.market("09-11", note, "Outlet Jumat pekan 2", qris=72000, short=2000)
    note = "benih-cabai 250 38500; benih-sayur 4 63000; media 4 62000"
    d.buy("09-12", "toko-tani", note, "Beli benih dan media", fund="3203")
    note = "benih-cabai 250; media 4"
    d.sow("09-12", "SM-0912", "bibit-cabai", 250, note, "Semai cabai rawit musim hujan")
    d.voluntary("09-14", "anggota-08 -60000; anggota-12 30000", "Tarik dan setor sukarela")
    memo, cash = "Jual bibit cabai, potongan untuk langganan", {CASH: 190000}
    d.sell("09-15", "bibit-cabai 80", memo, received=cash, discount=10000, party="bu-rt")
    d.pay("09-16", "6104 71900; 6105 12000", "Listrik, air, fotokopi", fund="3204")
    note = "tepung-beras 4 65000; minyak 3 68500; bumbu 1 29500"
    d.buy("09-17", "pasar", note, "Bahan keripik untuk pesanan")
    d.harvest("09-17", "daun-bayam 5")
    d.fry("09-17", "keripik-bayam", 39, 5, gas=19500)
    d.harvest("09-18", "sayur 30", spoiled=1)
    note = "sayur 30 29 rusak=1; keripik-bayam 6 5; keripik-pare 8 6"
    d.market("09-18", note, "Outlet Jumat pekan 3", qris=58000)
    d.tend("09-19", "Siram dan mulsa jerami", "benih-sayur 2; pupuk 4", 150000)
    d.sell("09-20", "keripik-bayam 38", "Pesanan arisan RW", received={BANK: 380000})
    d.receive("09-21", "2104 75000", "Iuran KPP 15 rumah", HELD, party="kpp")
    d.pay("09-22", "6105 50000", "Pulsa internet", id="pulsa-09")
    note, bed = "pupuk 2", "Petak terong"
    d.tend("09-22", "Ajir dan siang terong", note, 55000, bed=bed)
    d.harvest("09-24", "terong 9.5", bed="Petak terong")
    d.harvest("09-25", "sayur 34")
    d.harvest("09-25", "terong 11", bed="Petak terong")
    d.harvest("09-26", "terong 11", bed="Petak terong", id="panen-dobel")
    d.correct("09-26", "panen-dobel", "Panen 25 September tercatat dua kali")
    note = "sayur 34; terong 20.5 18.5 rusak=0.5; keripik-bayam 5 4; keripik-pare 6 5"
    d.market("09-25", note, "Outlet Jumat pekan 4, terong perdana", qris=98000)
    d.settle("09-25", "siti", "keripik-bayam 9 2 0 8500; keripik-pare 9 0 0 9000")
    d.settle("09-25", "joko", "keripik-bayam 8 1 1 8500; keripik-pare 5 0 0 9000")
    d.settle("09-25", "wati", "keripik-bayam 6 0 0 8500; keripik-pare 7 0 1 9000")
    note = "keripik-bayam 1; keripik-pare 3"
    d.count_stock("09-26", note, "Opname titipan di Bu Siti", place="shop:siti")
    d.pay("09-28", "6106 80000; 6103 45000", "Rapat bulanan, ongkos belanja", fund="3204")
    d.pay("09-29", "6110 250000", "Perpanjangan P-IRT dua produk")
    d.bank_month("09-30", interest=3980, fee=5500)
    d.count_cash("09-30", 1858500)
    d.end("09", "BA-09/KWT/IX/2026")


def october(d: Diary) -> None:
    d.produce("cabai", "Cabai rawit", price=38000, standard_cost=15000)
    d.dues("10-01", "Simpanan wajib Oktober")
    d.harvest("10-02", "sayur 31")
    d.harvest("10-02", "terong 10", bed="Petak terong")
    note = "sayur 31; terong 11.5 11; keripik-bayam 3; keripik-pare 3 2"
    d.market("10-02", note, "Outlet Jumat pekan 1", qris=88000)
    d.ready("10-03", "SM-0912", 196, "Bibit cabai siap tanam", lost=54)
    note = "tepung-beras 16 259000; minyak 12 273000; bumbu 4 120000; kemasan 160 133500"
    d.buy("10-05", "pasar", note, "Belanja bahan keripik sebulan")
    d.correct("10-05", "pulsa-09", "Ternyata belanja pribadi, uang dikembalikan")
    d.harvest("10-05", "daun-bayam 5.5")
    d.fry("10-05", "keripik-bayam", 43, 5.5, gas=20000)
    d.buy("10-06", "pasar", "pare 12 98000", "Beli pare")
    d.fry("10-06", "keripik-pare", 40, 6, gas=20000)
    d.fry("10-07", "keripik-pare", 39, 6, gas=20000)
    d.consign("10-07", "siti", "keripik-bayam 8; keripik-pare 6")
    d.consign("10-07", "wati", "keripik-pare 10")
    note = "pupuk 25 137500; benih-sayur 6 96000; benih-terong 150 21000"
    d.buy("10-08", "toko-tani", note, "Belanja saprotan", fund="3203")
    d.tend("10-08", "Olah bedeng awal musim hujan", "benih-sayur 2; pupuk 8", 255000)
    d.tend("10-08", "Pupuk susulan terong", "pupuk 4", 45000, bed="Petak terong")
    d.harvest("10-09", "sayur 33")
    d.harvest("10-09", "terong 12", spoiled=1, bed="Petak terong")
    d.harvest("10-09", "cabai 3.25")
    note = "sayur 33 32 rusak=1; terong 12.5 11; cabai 1.25; keripik-bayam 6 5"
    d.market("10-09", note, "Outlet Jumat pekan 2, cabai perdana", qris=126000)
    note = "keripik-bayam 26 23 cicip=2; keripik-pare 40 33 cicip=2; bibit-cabai 50 44; cabai 2"
    memo = "Gelar Produk UMKM di Elephant Park Enggal"
    d.market("10-10", note, memo, qris=275000, venue="gelar-produk")
    d.pay("10-10", "6108 100000; 6103 50000", "Sewa stan dan angkutan gelar produk")
    d.bank("10-12", 1300000)
    d.sow("10-12", "ST-1012", "bibit-terong", 150, "benih-terong 150; media 2", "Semai terong")
    d.harvest("10-13", "daun-bayam 5")
    d.fry("10-13", "keripik-bayam", 40, 5, gas=20000)
    memo = "Motor blender terbakar, dijual ke tukang loak"
    d.add("asset_disposal", "10-14", memo, code="BL-1", received={CASH: 60000})
    d.harvest("10-16", "sayur 32")
    d.harvest("10-16", "terong 9", bed="Petak terong")
    note = "sayur 32; terong 10 9 rusak=1; keripik-bayam 8 7; keripik-pare 10 8"
    d.market("10-16", note, "Outlet Jumat pekan 3", qris=101000)
    d.pay("10-17", "6104 78300; 6105 21500", "Listrik, air, ATK", fund="3204")
    d.tend("10-19", "Pupuk, tanam cabai", "benih-sayur 2; pupuk 6", 285000, "bibit-cabai 60")
    d.receive("10-21", "2104 80000", "Iuran KPP 16 rumah", HELD, party="kpp")
    d.harvest("10-23", "sayur 34")
    d.harvest("10-23", "terong 8", bed="Petak terong")
    d.harvest("10-23", "cabai 2.75")
    note = "sayur 34; terong 8; cabai 2.75 2.5; keripik-bayam 14 12; keripik-pare 8 7"
    d.market("10-23", note, "Outlet Jumat pekan 4", qris=134000, short=-3000)
    d.settle("10-26", "siti", "keripik-bayam 8 0 0 8500; keripik-pare 8 0 0 9000")
    d.settle("10-26", "joko", "keripik-pare 1 0 0 9000")
    d.settle("10-26", "wati", "keripik-bayam 2 0 0 8500; keripik-pare 8 0 0 9000", paid=False)
    d.consign("10-27", "siti", "keripik-bayam 10")
    d.consign("10-27", "joko", "keripik-bayam 8; keripik-pare 4")
    d.pay("10-28", "2104 155000", "Setor iuran ke KPP", HELD, party="kpp")
    d.pay("10-29", "6106 90000", "Rapat bulanan", fund="3204")
    d.pay("10-29", "6101 120000", "Perbaikan rak semai", fund="3202")
    d.harvest("10-30", "sayur 33", spoiled=1)
    d.market("10-30", "sayur 33; keripik-bayam 8 6", "Outlet Jumat pekan 5", qris=92000)
    d.voluntary("10-30", "anggota-03 40000; anggota-15 25000", "Simpanan sukarela")
    d.bank_month("10-31", interest=4450, fee=5500)
    d.count_stock("10-31", "kemasan 20; pupuk 7; terong 0", "Opname gudang")
    d.count_cash("10-31", 1569700)
    d.end("10", "BA-10/KWT/X/2026")


def november(d: Diary) -> None:
    d.dues("11-02", "Simpanan wajib November", without=(11,))
    d.receive("11-02", "1112 89000", "Pelunasan titip jual Oktober", CASH, party="wati")
    d.ready("11-03", "ST-1012", 122, "Terong siap tanam, susut normal", lost=28)
    note = "tepung-beras 9 148500; minyak 6 139000; bumbu 2 61000; kemasan 90 76500"
    d.buy("11-03", "pasar", note, "Belanja bahan keripik")
    note = "pupuk 20 112000; benih-sayur 4 65000"
    d.buy("11-04", "toko-tani", note, "Beli pupuk dan benih sayur", fund="3203")
    d.tend("11-04", "Semai sayur, tambah pupuk", "benih-sayur 2; pupuk 6", 190000)
    d.harvest("11-05", "daun-bayam 5.2")
    d.fry("11-05", "keripik-bayam", 41, 5.2, gas=20000)
    d.harvest("11-06", "sayur 34")
    d.harvest("11-06", "cabai 2.5")
    note = "sayur 34 33 rusak=1; cabai 2.75; keripik-bayam 10 9"
    d.market("11-06", note, "Outlet Jumat pekan 1", qris=117000)
    d.consign("11-07", "wati", "keripik-bayam 10")
    d.add("planting_end", "11-07", "Terong petak lama selesai dipanen", bed="Petak terong")
    note, bed = "pupuk 4", "Petak barat"
    d.tend("11-09", "Tanam terong musim hujan", note, 70000, "bibit-terong 100", bed)
    d.buy("11-10", "pasar", "pare 6.5 55000", "Beli pare", id="pare-11")
    d.attach("pare-11", PAPERS / "nota-pare.pdf", "application/pdf")
    d.pay("11-10", "6103 35000", "Ongkos angkut bahan")
    d.fry("11-10", "keripik-pare", 39, 6.5, gas=20000)
    d.consign("11-11", "siti", "keripik-pare 10")
    d.consign("11-11", "joko", "keripik-pare 6")
    d.dues("11-11", "Simpanan wajib November, susulan", only=(11,))
    memo = "Bibit cabai untuk kebun sekolah, bayar akhir bulan"
    d.sell("11-12", "bibit-cabai 80", memo, party="sdn-2")
    d.harvest("11-13", "sayur 35", spoiled=1)
    note = "sayur 35; keripik-bayam 12 10; keripik-pare 10 8 cicip=1"
    d.market("11-13", note, "Outlet Jumat pekan 2", qris=109000)
    d.voluntary("11-13", "anggota-07 35000; anggota-15 25000", "Simpanan sukarela")
    d.sell("11-14", "bibit-terong 20", "Bibit terong untuk warga", received={CASH: 40000})
    d.settle("11-16", "siti", "keripik-bayam 9 1 0 8500", id="titip-siti-11")
    d.correct("11-16", "titip-siti-11", "Salah hitung: laku delapan, bukan sembilan")
    d.settle("11-16", "siti", "keripik-bayam 8 1 0 8500")
    memo = "Listrik, air, ATK"
    d.pay("11-17", "6104 75400; 6105 16000", memo, fund="3204", id="listrik-11")
    d.attach("listrik-11", PAPERS / "nota-listrik-air-atk.png", "image/png")
    d.bank("11-18", 1000000)
    d.tend("11-18", "Siang gulma dan pupuk susulan", "benih-sayur 2; pupuk 5", 165000)
    d.receive("11-19", "2104 75000", "Iuran KPP 15 rumah", HELD, party="kpp")
    note = "keripik-bayam 17; keripik-pare 24"
    d.count_stock("11-19", note, "Opname keripik sebelum outlet")
    d.harvest("11-20", "sayur 33")
    d.harvest("11-20", "cabai 3")
    note = "sayur 33; cabai 3 2.75; keripik-bayam 8 7; keripik-pare 6 5"
    d.market("11-20", note, "Outlet Jumat pekan 3", qris=121000)


def programme(d: Diary) -> None:
    """Money for a purpose, with its budget; what else the group keeps and is asked for."""
    budget = [
        {"line": "A1", "name": "Benih dan pupuk", "section": "Bahan", "qty": 60, "unit": "kg",
         "amount": 360000},
        {"line": "B1", "name": "Upah olah lahan", "section": "Upah", "qty": 12, "unit": "HOK",
         "amount": 1080000},
        {"line": "C1", "name": "Rapat dan laporan", "section": "Operasional", "amount": 310000},
    ]  # fmt: skip
    name = "Pekarangan Pangan Lestari tahap II"
    d.setup("programme", "p2l-2", name, party="dinas", until="2026-12-31", budget=budget)
    plan = [
        {"account": account, "amount": amount}
        for account, amount in (
            ("4101", 18000000), ("4102", 12000000), ("5101", 6000000), ("6101", 900000),
            ("6104", 700000), ("6106", 600000),
        )
    ]  # fmt: skip
    d.lines.append(json.dumps({"kind": "budget", "year": 2026, "decision": "RAT 2026",
                               "lines": plan}))  # fmt: skip
    cash = {"into": BANK, "amount": 1750000}
    memo = "P2L tahap II, SPK 118/DP/XI/2026"
    d.add("grant", "11-16", memo, party="dinas", account="2110", programme="p2l-2", cash=cash)
    lines = [{"item": "pupuk", "qty": 30, "amount": 165000, "budget": "A1"}]
    d.add("purchase", "11-17", "Pupuk P2L tahap II", party="toko-tani", paid_from=BANK,
          programme="p2l-2", lines=lines)  # fmt: skip
    lines = [{"account": "6102", "amount": 360000, "budget": "B1"}]
    d.add("payment", "11-18", "Upah olah lahan P2L, 4 HOK", programme="p2l-2",
          **{"from": BANK}, lines=lines)  # fmt: skip
    d.add("purchase_return", "11-18", "Kemasan robek ditukar uang", into=CASH, party="pasar",
          lines=[{"item": "kemasan", "qty": 10, "amount": 8500}])  # fmt: skip
    d.add("sale_return", "11-18", "Dua batang layu dikembalikan", refund={CASH: 4000},
          lines=[{"item": "bibit-terong", "qty": 2, "price": 2000, "spoiled": 2}])  # fmt: skip
    lines = [{"account": "6105", "debit": 45000}, {"account": "2101", "credit": 45000,
              "party": "toko-tani"}]  # fmt: skip
    d.add("memorial", "11-20", reason="Cetak label belum ditagih, SPK Toko Tani", lines=lines)


def residents(d: Diary) -> None:
    """The houses of the lane, their dues, and the drain that they pay for."""
    for number, name in enumerate(("Hartati", "Sutrisno", "Maryam"), start=1):
        keys = {"role": "resident", "address": f"RT 05 No. {number}", "joined": "2026-09-01"}
        d.setup("party", f"rumah-{number}", name, **keys)
    lines = [
        {"party": "rumah-1", "months": ["2026-09", "2026-10", "2026-11"], "amount": 15000},
        {"party": "rumah-3", "months": ["2026-09"], "amount": 5000},
    ]
    d.add("dues", "11-19", "Iuran KPP RT 05", account=HELD, lines=lines)
    d.pay("11-19", "2104 40000", "Semen untuk drainase Gang Mawar", HELD)
    upkeep = {"book": "upkeep", "facility": "Drainase Gang Mawar"}
    d.add("register", "09-14", id="upkeep-1", **upkeep, condition="minor")
    d.add("register", "11-19", id="upkeep-2", **upkeep, condition="good", action="Bibir ditambal")


def books(d: Diary) -> None:
    """Lines of the group's own books, and the bank's word."""
    d.add("register", "11-05", id="letter-1", book="letters", direction="in",
          party="Dinas Pertanian", number="118/DP/XI/2026",
          subject="Perjanjian P2L tahap II")  # fmt: skip
    d.add("register", "11-09", id="advice-1", book="advice", officer="Wahyu Hidayat, S.P.",
          advice="Kurangi siram, jarak tanam 50 cm", done="Dicoba di petak barat")  # fmt: skip
    d.add("register", "11-13", id="guest-1", book="guests", name="Rina Anggraini",
          **{"from": "Dinas Pertanian"}, position="Staf", purpose="Melihat kebun")  # fmt: skip
    d.add("register", "11-15", id="activity-1", book="activities", title="Kerja bakti Gang Mawar",
          place="Gang Mawar", people=17, result="Drainase bersih 40 m")  # fmt: skip
    d.add("register", "11-16", id="minutes-1", book="minutes", title="Rapat P2L tahap II",
          number="BA-11/KWT/XI/2026", place="Rumah Bu Aryanah", people=18,
          decisions="Lahan barat untuk cabai; upah Rp90.000 sehari")  # fmt: skip
    d.add("bank_reconciliation", "11-20", account=BANK, statement=STATEMENT)


STATEMENT = 12856535
"""What the bank shows on 20 November: what the book holds, nothing outstanding."""
MONTHS = (july, august, september, october, november, programme, residents, books)


def stream() -> str:
    """Return the whole stream, June as it is given."""
    diary = Diary()
    for month in MONTHS:
        month(diary)
    return JUNE.read_text(encoding="utf-8") + "\n".join([*diary.lines, ""])


def main() -> None:
    DEMO.parent.mkdir(parents=True, exist_ok=True)
    DEMO.write_bytes(stream().encode("utf-8"))
    print(f"{DEMO.relative_to(ROOT)}: written")


if __name__ == "__main__":
    main()
