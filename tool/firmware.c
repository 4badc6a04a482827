/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the firmware files are. */
#include "machine.h"
#include "message.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *readable(char *path)
{
    if (!access(path, R_OK))
        return path;
    free(path);
    return NULL;
}

char *firmware_find(const char *name)
{
    char self[PATH_MAX] = { 0 };
    const char *given = getenv("DFW_FIRMWARE");
    char *path;

    if (given && *given)
        return readable(text_of("%s/%s", given, name));
    if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
        return NULL;
    *strrchr(self, '/') = 0;
    if ((path = readable(text_of("%s/%s", self, name))))
        return path;
    if ((path = readable(text_of("%s/../share/dfw/%s", self, name))))
        return path;
    return readable(text_of("%s/share/dfw/%s", DFW_PREFIX, name));
}
