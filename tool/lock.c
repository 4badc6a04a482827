/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU locks image files by open-file-description locks on single bytes: 100 + n says that the
 * holder uses permission n, 200 + n that nobody else may (QEMU: block/file-posix.c). Permission 1
 * is "write".
 */
#include "lock.h"
#include "message.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define LOCK_USED_WRITE    101
#define LOCK_DENIED_WRITE  201

static bool place(int fd, short type, off_t byte)
{
    struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };

    return !fcntl(fd, F_OFD_SETLK, &lock) || (errno != EAGAIN && errno != EACCES);
}

/* Nobody but us holds this byte. */
static bool is_free(int fd, off_t byte)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };

    return fcntl(fd, F_OFD_GETLK, &lock) || lock.l_type == F_UNLCK;
}

int lock_image(const char *path, bool write)
{
    int fd = open(path, (write ? O_RDWR : O_RDONLY) | O_CLOEXEC);   /* stays open: closing would unlock */

    if (fd < 0)
        return fault(DFW_USAGE, "%s: %s", path, strerror(errno));
    bool ours = place(fd, F_RDLCK, LOCK_DENIED_WRITE) && is_free(fd, LOCK_USED_WRITE);
    if (write)
        ours = ours && is_free(fd, LOCK_DENIED_WRITE) && place(fd, F_RDLCK, LOCK_USED_WRITE);
    return ours ? 0 : fault(DFW_USAGE, "%s: in use by another program", path);
}
