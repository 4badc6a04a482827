/* SPDX-License-Identifier: BSD-2-Clause */
/* What Linux tells of a TCP server on this host: proc(5), /proc/net/tcp. */
#ifndef PROC_TCP_H
#define PROC_TCP_H

#include <sys/types.h>

/* The port on which a process listens; 0: none. */
unsigned tcp_listens_on(pid_t pid);

/* Bytes sent on the connection `fd`, both ends of which are on this host, that the other end has not read; -1: not known. */
long tcp_unread(int fd);

#endif
