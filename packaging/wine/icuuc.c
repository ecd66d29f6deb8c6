/* Windows 10 has icuuc.dll, Wine 10 has not, and Qt imports it for text codecs that are hardly
   ever used. Every call says that there is no such codec. For the Wine prefix only. */
#define X __declspec(dllexport)
typedef int E;
typedef unsigned short U;
enum { FILE_ACCESS_ERROR = 4 };
#define REFUSE(e) do { if (e) *(e) = FILE_ACCESS_ERROR; } while (0)

X void *ucnv_open(const char *n, E *e) { REFUSE(e); return 0; }
X void ucnv_close(void *c) {}
X void ucnv_reset(void *c) {}
X signed char ucnv_getMaxCharSize(const void *c) { return 4; }
X const char *ucnv_getName(const void *c, E *e) { REFUSE(e); return 0; }
X const char *ucnv_getStandardName(const char *n, const char *s, E *e) { REFUSE(e); return 0; }
X const char *ucnv_getAvailableName(int n) { return 0; }
X int ucnv_countAvailable(void) { return 0; }
X void ucnv_getToUCallBack(const void *c, void **a, const void **x) { if (a) *a = 0; if (x) *x = 0; }
X void ucnv_getFromUCallBack(const void *c, void **a, const void **x) { if (a) *a = 0; if (x) *x = 0; }
X void ucnv_setToUCallBack(void *c, void *a, const void *x, void **o, const void **p, E *e) { REFUSE(e); }
X void ucnv_setFromUCallBack(void *c, void *a, const void *x, void **o, const void **p, E *e) { REFUSE(e); }
X void ucnv_cbToUWriteUChars(void *a, const U *s, int n, int o, E *e) { REFUSE(e); }
X void ucnv_cbFromUWriteUChars(void *a, const U **s, const U *l, int o, E *e) { REFUSE(e); }
X void ucnv_toUnicode(void *c, U **t, const U *tl, const char **s, const char *sl, int *o, signed char f, E *e) { REFUSE(e); }
X void ucnv_fromUnicode(void *c, char **t, const char *tl, const U **s, const U *sl, int *o, signed char f, E *e) { REFUSE(e); }
X int ucnv_toUCountPending(const void *c, E *e) { return 0; }
X int ucnv_fromUCountPending(const void *c, E *e) { return 0; }
X void UCNV_FROM_U_CALLBACK_SUBSTITUTE(const void *x, void *a, const U *u, int n, int p, int r, E *e) {}
X void UCNV_TO_U_CALLBACK_SUBSTITUTE(const void *x, void *a, const char *u, int n, int r, E *e) {}
