/* SPDX-License-Identifier: BSD-2-Clause */
#include "machines.h"
#include "message.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define SUFFIX       ".sock"
#define LONGEST_LINE (1u << 20)
#define SEND_SECONDS 5

char *machines_directory(const char **why)
{
    const char *base = getenv("XDG_RUNTIME_DIR");
    char *path = base && *base ? text_of("%s/dfw", base) : text_of("/tmp/dfw-%u", (unsigned)getuid());
    struct stat status;

    if (mkdir(path, 0700) && errno != EEXIST)
        *why = strerror(errno);
    else if (lstat(path, &status))
        *why = strerror(errno);
    else if (!S_ISDIR(status.st_mode) || status.st_uid != getuid() || status.st_mode & (S_IWGRP | S_IWOTH))
        *why = "not a directory of this user alone";
    else
        return path;
    free(path);
    return NULL;
}

char *machines_socket(const char *directory, const char *name)
{
    for (const char *c = name; *c; c++)
        if (!isalnum((unsigned char)*c) && (c == name || !strchr("._-+", *c)))
            return NULL;
    if (!*name || strlen(directory) + 1 + strlen(name) + sizeof(SUFFIX) > sizeof(((struct sockaddr_un *)0)->sun_path))
        return NULL;
    return text_of("%s/%s" SUFFIX, directory, name);
}

int machines_connect(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
    if (fd < 0 || !connect(fd, (struct sockaddr *)&address, sizeof(address)))
        return fd;
    close(fd);
    return -1;
}

/* PID.gdb and PID.gdb-socket of a dfw that is gone. */
static void remove_orphan(const char *path, const char *name)
{
    char *end;
    long pid = strtol(name, &end, 10);

    if (end > name && !strncmp(end, ".gdb", 4) && kill((pid_t)pid, 0) && errno == ESRCH)
        unlink(path);
}

void machines_each(bool (*take)(void *context, const char *name, int fd), void *context)
{
    const char *why;
    char *directory = machines_directory(&why);
    struct dirent **entries = NULL;
    int count = directory ? scandir(directory, &entries, NULL, alphasort) : 0;
    bool more = true;

    for (int i = 0; i < count; free(entries[i++])) {
        char *name = entries[i]->d_name, *dot = strrchr(name, '.'), *path = text_of("%s/%s", directory, name);
        if (dot && !strcmp(dot, SUFFIX) && more) {
            int fd = machines_connect(path);
            *dot = 0;
            if (fd < 0)
                unlink(path);
            else
                more = take(context, name, fd);
            if (fd >= 0)
                close(fd);
        } else {
            remove_orphan(path, name);
        }
        free(path);
    }
    free(entries);
    free(directory);
}

bool machines_send(int fd, struct json_object *object)
{
    const struct timeval limit = { .tv_sec = SEND_SECONDS };
    char *line = text_of("%s\n", json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN));
    size_t length = strlen(line);

    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    bool sent = send(fd, line, length, MSG_NOSIGNAL) == (ssize_t)length;
    free(line);
    return sent;
}

struct json_object *machines_receive(int fd, int seconds)
{
    const struct timeval limit = { .tv_sec = seconds };
    size_t length = 0, room = 0;
    char *line = NULL;
    struct json_object *object = NULL;

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    for (;;) {
        if (length + 1 >= room) {
            room = 2 * room + 256;
            line = realloc(line, room);
            if (!line || room > LONGEST_LINE)
                break;
        }
        if (read(fd, line + length, 1) != 1)
            break;
        if (line[length++] != '\n')
            continue;
        line[length] = 0;
        object = json_tokener_parse(line);
        break;
    }
    free(line);
    return object;
}
