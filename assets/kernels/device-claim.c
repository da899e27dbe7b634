// Asks the kernel whether anybody holds a block device: opens it for itself alone (O_EXCL), reading only, and lets go.
// usage: device-claim PATH MAJOR:MINOR   Fails with a few words where it is held, or is not that device.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int main(int count, char **arguments) {
  unsigned int wantedMajor, wantedMinor;
  if (count != 3 || sscanf(arguments[2], "%u:%u", &wantedMajor, &wantedMinor) != 2) {
    fprintf(stderr, "usage: device-claim PATH MAJOR:MINOR\n");
    return 2;
  }
  // Without O_CREAT, O_EXCL on a block device fails with EBUSY where a mount, swap, LVM, MD or a program holds it.
  int device = open(arguments[1], O_RDONLY | O_EXCL | O_CLOEXEC);
  if (device < 0) {
    fprintf(stderr, errno == EBUSY ? "the kernel says that it is in use (O_EXCL: %s)\n" : "it cannot be opened (%s)\n",
            strerror(errno));
    return 1;
  }
  struct stat found;
  if (fstat(device, &found) != 0 || !S_ISBLK(found.st_mode) || major(found.st_rdev) != wantedMajor ||
      minor(found.st_rdev) != wantedMinor) {
    fprintf(stderr, "its path led to another device meanwhile\n");
    return 1;
  }
  return close(device) == 0 ? 0 : 1;
}
