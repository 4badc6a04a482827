/* SPDX-License-Identifier: BSD-2-Clause */
#include "proc_tcp.h"
#include "message.h"
#include <dirent.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <linux/sockios.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STATE_LISTEN = 0x0A };

struct entry {
    unsigned local_port, remote_port, state, unread;
    unsigned long inode;
};

/* The first line of /proc/net/tcp for which `wanted` holds. */
static bool find(bool (*wanted)(const struct entry *e, const void *context), const void *context, struct entry *e)
{
    FILE *table = fopen("/proc/self/net/tcp", "re");
    char line[256];
    bool found = false;

    while (table && !found && fgets(line, sizeof(line), table))
        found = sscanf(line, "%*d: %*8x:%4x %*8x:%4x %2x %*8x:%8x %*x:%*x %*x %*u %*d %lu", &e->local_port, &e->remote_port, &e->state,
                       &e->unread, &e->inode) == 5 && wanted(e, context);
    if (table)
        fclose(table);
    return found;
}

/* `context`: the process' /proc/PID/fd. */
static bool listens(const struct entry *e, const void *context)
{
    DIR *directory = e->state == STATE_LISTEN ? opendir(context) : NULL;
    char *socket_name = text_of("socket:[%lu]", e->inode), target[64];
    bool ours = false;

    for (struct dirent *d; directory && !ours && (d = readdir(directory));) {
        ssize_t n = readlinkat(dirfd(directory), d->d_name, target, sizeof(target) - 1);
        target[n > 0 ? n : 0] = 0;
        ours = !strcmp(target, socket_name);
    }
    if (directory)
        closedir(directory);
    free(socket_name);
    return ours;
}

unsigned tcp_listens_on(pid_t pid)
{
    char *descriptors = text_of("/proc/%d/fd", (int)pid);
    struct entry e;
    bool found = find(listens, descriptors, &e);

    free(descriptors);
    return found ? e.local_port : 0;
}

struct ends {
    unsigned ours, theirs;
};

static bool is_other_end(const struct entry *e, const void *context)
{
    const struct ends *ends = context;

    return e->local_port == ends->theirs && e->remote_port == ends->ours;
}

static unsigned port_of(int fd, int (*name)(int, struct sockaddr *restrict, socklen_t *restrict))
{
    struct sockaddr_in address = { 0 };
    socklen_t size = sizeof(address);

    return name(fd, (struct sockaddr *)&address, &size) ? 0 : ntohs(address.sin_port);
}

long tcp_unread(int fd)
{
    struct ends ends = { port_of(fd, getsockname), port_of(fd, getpeername) };
    struct entry e;
    int on_the_way;

    if (ioctl(fd, SIOCOUTQ, &on_the_way) || !find(is_other_end, &ends, &e))
        return -1;
    return (long)e.unread + on_the_way;
}
