/* Loaded before the C library (LD_PRELOAD): counts, writes down and refuses what a process asks of
 * the disk within one folder, or kills the process there. See disk.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FREE, KILL, FAIL, FAIL_ON, SHORT, FAIL_SAME };
#define MOST 4096

static char folder[1024];
static int trace = -1, mode, reason, reads;
static long at = -1, calls;
static int met;
static char watched[MOST];

/* One line of the trace: what was asked, of which file, where, and the bytes that follow. */
struct line { int64_t what, file, offset, bytes, written; };

long disk_calls(void) { return calls; }

void disk_watch(const char *path, int to, int how, long when, int error, int with_reads) {
    strncpy(folder, path, sizeof folder - 1);
    trace = to, mode = how, at = when, reason = error, reads = with_reads, calls = 0;
}

void disk_relent(void) { mode = FREE; }

static void tell(int what, int64_t file, int64_t offset, int64_t bytes, const void *data, int64_t size) {
    struct line line = {what, file, offset, bytes, size};
    if (trace < 0) return;
    syscall(SYS_write, trace, &line, sizeof line);
    for (int64_t done = 0; done < size;) {
        long part = syscall(SYS_write, trace, (const char *)data + done, size - done);
        if (part <= 0) return;
        done += part;
    }
}

void disk_mark(const char *text) { tell('A', 0, 0, 0, text, strlen(text)); }

static int inside(const char *path) {
    size_t length = strlen(folder);
    return length && path && !strncmp(path, folder, length);
}

static int inside_fd(int fd) { return fd >= 0 && fd < MOST && watched[fd]; }

/* 0: let it be done; 1: it is refused, errno is set; 2: half of it. */
static int turn(int kind) {
    long number = calls++;
    if (number == at) met = kind;
    if (mode == FREE || number < at) return 0;
    if (number > at && mode != FAIL_ON && (mode != FAIL_SAME || kind != met)) return 0;
    if (mode == KILL || mode == SHORT) return 2;
    errno = reason;
    return 1;
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int64_t file_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? -1 : (int64_t)found.st_ino;
}

static int refused(int kind) {
    int answer = turn(kind);
    if (answer == 2 && mode == KILL) die();
    if (answer == 2) errno = ENOSPC;
    return answer != 0;
}

static int opened(int (*real)(const char *, int, ...), const char *path, int flags, int rights) {
    struct stat found;
    int fd, made, known = inside(path);
    if (!known) return real(path, flags, rights);
    made = stat(path, &found) && (flags & O_CREAT);
    if ((made || reads || (flags & O_TRUNC)) && refused('C')) return -1;
    fd = real(path, flags, rights);
    if (fd >= 0 && fd < MOST) {
        watched[fd] = 1;
        if (made) tell('C', file_of(fd), 0, 0, path, strlen(path));
        else if (flags & O_TRUNC) tell('T', file_of(fd), 0, 0, "", 0);
    }
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list more; int rights = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_start(more, flags); rights = va_arg(more, int); va_end(more); } \
        return opened((int (*)(const char *, int, ...))real, path, flags, rights); \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < MOST) watched[fd] = 0;
    return real(fd);
}

static ssize_t put(int fd, const void *data, size_t size, off64_t offset, int placed) {
    int answer = turn('W');
    ssize_t done;
    if (answer == 1) return -1;
    if (answer == 2) size = size / 2;
    if (!size && answer == 2 && mode == SHORT) { errno = ENOSPC; return -1; }
    done = placed ? syscall(SYS_pwrite64, fd, data, size, offset) : syscall(SYS_write, fd, data, size);
    if (done > 0) tell('W', file_of(fd), offset, done, data, done);
    if (answer == 2 && mode == KILL) die();
    return done;
}

ssize_t write(int fd, const void *data, size_t size) {
    if (!inside_fd(fd)) return syscall(SYS_write, fd, data, size);
    if (fcntl(fd, F_GETFL) & O_APPEND) return put(fd, data, size, lseek64(fd, 0, SEEK_END), 0);
    return put(fd, data, size, lseek64(fd, 0, SEEK_CUR), 0);
}

#define PWRITE(name, type) \
    ssize_t name(int fd, const void *data, size_t size, type offset) { \
        if (!inside_fd(fd)) return syscall(SYS_pwrite64, fd, data, size, offset); \
        return put(fd, data, size, offset, 1); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define PREAD(name, type) \
    ssize_t name(int fd, void *data, size_t size, type offset) { \
        if (reads && inside_fd(fd) && refused('P')) return -1; \
        return syscall(SYS_pread64, fd, data, size, offset); \
    }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

/* Copies within the kernel would go unseen: whoever asks for them copies by hand then. */
ssize_t sendfile(int to, int from, off_t *offset, size_t size) { errno = ENOTSOCK; return -1; }
ssize_t sendfile64(int to, int from, off64_t *offset, size_t size) { errno = ENOTSOCK; return -1; }
ssize_t copy_file_range(int from, off64_t *start, int to, off64_t *end, size_t size, unsigned flags) {
    errno = EXDEV;
    return -1;
}

#define SYNC(name) \
    int name(int fd) { \
        struct stat found; \
        if (fd < 0 || fd >= MOST || !watched[fd]) return 0; \
        if (refused('S')) return -1; \
        fstat(fd, &found); \
        tell(S_ISDIR(found.st_mode) ? 'D' : 'S', found.st_ino, 0, 0, "", 0); \
        return 0; \
    }
SYNC(fsync)
SYNC(fdatasync)

#define SIZE(name, type) \
    int name(int fd, type size) { \
        REAL(name); \
        if (!inside_fd(fd)) return real(fd, size); \
        if (refused('T')) return -1; \
        if (real(fd, size)) return -1; \
        tell('T', file_of(fd), 0, size, "", 0); \
        return 0; \
    }
SIZE(ftruncate, off_t)
SIZE(ftruncate64, off64_t)

int rename(const char *from, const char *to) {
    char both[4096];
    size_t first = strlen(from), second = strlen(to);
    REAL(rename);
    if (!inside(to) && !inside(from)) return real(from, to);
    if (refused('R')) return -1;
    if (real(from, to)) return -1;
    memcpy(both, from, first + 1);
    memcpy(both + first + 1, to, second);
    tell('R', 0, 0, 0, both, first + 1 + second);
    return 0;
}

#define NAME(name, sign) \
    int name(const char *path) { \
        REAL(name); \
        if (!inside(path)) return real(path); \
        if (refused(sign)) return -1; \
        if (real(path)) return -1; \
        tell(sign, 0, 0, 0, path, strlen(path)); \
        return 0; \
    }
NAME(unlink, 'U')
NAME(rmdir, 'U')

int mkdir(const char *path, mode_t rights) {
    REAL(mkdir);
    if (!inside(path)) return real(path, rights);
    if (refused('M')) return -1;
    if (real(path, rights)) return -1;
    tell('M', 0, 0, 0, path, strlen(path));
    return 0;
}
