/* What file systems refuse that a local disk does not, put before the calls of the C library. FAILING has words:
   close      the store loses half of every file that was written, and says so only when it is closed
   silent     the same, and it says nothing
   flock      files cannot be locked          mmap     files cannot be mapped
   foldersync folders cannot be flushed       syncfs   file systems cannot be flushed as a whole
   threads    no thread can be started */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int fails(const char *word) {
  const char *words = getenv("FAILING");
  return words && strstr(words, word);
}
#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

int close(int fd) {
  REAL(close);
  int flags = fcntl(fd, F_GETFL);
  struct stat found;
  if ((fails("close") || fails("silent")) && flags >= 0 && (flags & O_ACCMODE) != O_RDONLY && !fstat(fd, &found) &&
      S_ISREG(found.st_mode) && found.st_nlink && found.st_size && !ftruncate(fd, found.st_size / 2)) {
    int closed = real(fd);
    if (fails("silent")) return closed;
    errno = EDQUOT;
    return -1;
  }
  return real(fd);
}
int flock(int fd, int operation) {
  REAL(flock);
  if (fails("flock")) { errno = EOPNOTSUPP; return -1; }
  return real(fd, operation);
}
void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset) {
  REAL(mmap64);
  if (fails("mmap") && fd >= 0) { errno = ENODEV; return MAP_FAILED; }
  return real(address, length, protection, flags, fd, offset);
}
void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset) {
  REAL(mmap);
  if (fails("mmap") && fd >= 0) { errno = ENODEV; return MAP_FAILED; }
  return real(address, length, protection, flags, fd, offset);
}
int fsync(int fd) {
  REAL(fsync);
  struct stat found;
  if (fails("foldersync") && !fstat(fd, &found) && S_ISDIR(found.st_mode)) { errno = EINVAL; return -1; }
  return real(fd);
}
int syncfs(int fd) {
  REAL(syncfs);
  if (fails("syncfs")) { errno = ENOSYS; return -1; }
  return real(fd);
}
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
  REAL(pthread_create);
  if (fails("threads")) return EAGAIN;
  return real(thread, attributes, start, argument);
}
