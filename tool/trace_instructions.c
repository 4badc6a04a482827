/* SPDX-License-Identifier: BSD-2-Clause */
/* The instructions that real-mode code runs and VM86 refuses, by name: the IOPL-sensitive and the system ones (Intel SDM vol. 2). */
#include "trace.h"
#include "message.h"
#include <stdlib.h>
#include <string.h>

static const struct { uint8_t first, mask; const char *name; } one_byte[] = {
    { 0x6C, 0xFE, "INS" }, { 0x6E, 0xFE, "OUTS" }, { 0x9C, 0xFF, "PUSHF" }, { 0x9D, 0xFF, "POPF" }, { 0xCC, 0xFF, "INT3" }, { 0xCD, 0xFF, "INT" },
    { 0xCE, 0xFF, "INTO" }, { 0xCF, 0xFF, "IRET" }, { 0xE4, 0xFE, "IN" }, { 0xE6, 0xFE, "OUT" }, { 0xEA, 0xFF, "JMP far" }, { 0xEC, 0xFE, "IN" },
    { 0xEE, 0xFE, "OUT" }, { 0xF4, 0xFF, "HLT" }, { 0xFA, 0xFF, "CLI" }, { 0xFB, 0xFF, "STI" }, { 0x9A, 0xFF, "CALL far" }, { 0xCB, 0xFF, "RET far" },
    { 0x8E, 0xFF, "MOV to a segment" },
};

static const char *two_bytes(uint8_t second, uint8_t modrm)
{
    static const char *const group7[] = { "SGDT", "SIDT", "LGDT", "LIDT", "SMSW", "?", "LMSW", "INVLPG" };
    static const char *const group6[] = { "SLDT", "STR", "LLDT", "LTR", "VERR", "VERW", "?", "?" };
    static const struct { uint8_t second; const char *name; } others[] = {
        { 0x06, "CLTS" }, { 0x08, "INVD" }, { 0x09, "WBINVD" }, { 0x20, "MOV from CR" }, { 0x21, "MOV from DR" }, { 0x22, "MOV to CR" },
        { 0x23, "MOV to DR" }, { 0x30, "WRMSR" }, { 0x31, "RDTSC" }, { 0x32, "RDMSR" }, { 0xA2, "CPUID" }, { 0xB2, "LSS" },
    };

    if (second == 0x00 || second == 0x01)
        return (second ? group7 : group6)[modrm >> 3 & 7];
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (others[i].second == second)
            return others[i].name;
    return NULL;
}

static bool is_prefix(uint8_t byte)
{
    return memchr("\x26\x2e\x36\x3e\x64\x65\x66\x67\xf0\xf2\xf3", byte, 11);
}

char *trace_instruction_words(const char *line)
{
    uint8_t bytes[8] = { 0 };
    const char *at = strchr(line, ' '), *name = NULL;
    size_t count = 0, i = 0;
    char *end;

    for (; at && count < sizeof(bytes); count++, at = end) {
        unsigned long value = strtoul(at, &end, 16);
        if (end == at)
            break;
        bytes[count] = (uint8_t)value;
    }
    while (i + 2 < count && is_prefix(bytes[i]))
        i++;
    if (i + 2 < count && bytes[i] == 0x0F)
        name = two_bytes(bytes[i + 1], bytes[i + 2]);
    else if (i < count)
        for (size_t n = 0; n < sizeof(one_byte) / sizeof(one_byte[0]); n++)
            if ((bytes[i] & one_byte[n].mask) == one_byte[n].first)
                name = one_byte[n].name;
    if (name && !strcmp(name, "INT"))
        return text_of("%s  INT %02Xh", line, bytes[i + 1]);
    return text_of("%s%s%s", line, name ? "  " : "", name ? name : "");
}
