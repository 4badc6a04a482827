/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machines that a user runs: one socket each, NAME.sock in $XDG_RUNTIME_DIR/dfw or /tmp/dfw-UID. A connection carries one
 * request and one answer, each a JSON object on a line:
 *
 *   {"do":"status"}             {"code":0,"name":...,"pid":...,"engine":...,"seconds":...,"images":[...]}
 *   {"do":"screen"}             {"code":0,"text":...}, or "graphics": why there is no text
 *   {"do":"picture"}            {"code":0,"width":...,"height":...}, then 3 bytes a pixel
 *   {"do":"keys","keys":...}    {"code":0} when all is typed
 *   {"do":"stop"}               {"code":0}
 *
 * A request that fails is answered by its exit code and "error".
 */
#ifndef MACHINES_H
#define MACHINES_H

#include <json-c/json.h>
#include <stdbool.h>

/* The directory, made where it is missing; NULL after one line in *why: it is not ours alone. The string is the caller's. */
char *machines_directory(const char **why);

/* The socket's path in it, the caller's to free; NULL: the name is no file name, or too long. */
char *machines_socket(const char *directory, const char *name);

/* Connect; -1: nobody listens there. */
int machines_connect(const char *path);

/* Calls `take` with each machine's name and socket until it returns false; removes what a killed dfw left behind in the directory. */
void machines_each(bool (*take)(void *context, const char *name, int fd), void *context);

/* Send one JSON object as a line; false: the other side is gone. */
bool machines_send(int fd, struct json_object *object);

/* Receive one, NULL: the other side is gone, or nothing came within `seconds` (0: any time). Reads not a byte more. */
struct json_object *machines_receive(int fd, int seconds);

#endif
