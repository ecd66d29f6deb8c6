/* Wine 10 aborts on WcsCreateIccProfile, which Qt calls when it starts. Here there simply is no
   colour profile. For the Wine prefix only. */
#define X __declspec(dllexport)

X void *OpenColorProfileW(void *p, unsigned a, unsigned s, unsigned c) { return 0; }
X int CloseColorProfile(void *h) { return 1; }
X int GetColorProfileFromHandle(void *h, unsigned char *b, unsigned *n) { if (n) *n = 0; return 0; }
X void *WcsCreateIccProfile(void *h, unsigned o) { return 0; }
