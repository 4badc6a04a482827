/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ACPI beyond the board in a guest of Xen: slots for hotplug, WAET, the VM generation ID, and the tables that xl's
 * acpi_firmware= passes, which the toolstack left in memory (xenstore hvmloader/acpi/).
 */
#include "tables.h"
#include "machine/xen.h"
#include "spec/acpi.h"

extern const u8 ssdt_xen[];

static u32 add_ssdt(void)
{
    const struct acpi_header *source = (const void *)ssdt_xen;

    return (u32)memcpy(acpi_take(source->length), source, source->length);
}

static u32 add_waet(void)
{
    struct acpi_waet *w = acpi_take(sizeof(*w));

    w->flags = WAET_RTC_NO_ACK | WAET_TIMER_ONE_READ;
    return (u32)acpi_head(w, "WAET", sizeof(*w), 1);
}

/* The tables lie one behind the other; the first that is no whole table ends the list. */
static u32 add_passed(u32 *list, u32 max)
{
    u32 at = xenstore_number("hvmloader/acpi/address", 0), left = xenstore_number("hvmloader/acpi/length", 0), count = 0;

    while (at && left) {
        const struct acpi_header *h = (const void *)(usize)at;

        if (left < sizeof(*h) || h->length < sizeof(*h) || h->length > left || h->length > acpi_room() || count == max) {
            print("vmxloader: acpi_firmware: no whole table in the last %u bytes, these are left out\n", left);
            break;
        }
        list[count++] = (u32)memcpy(acpi_take(h->length), h, h->length);
        at += h->length;
        left -= h->length;
    }
    return count;
}

u32 acpi_add_xen(u32 *list, u32 max)
{
    list[0] = add_ssdt();
    list[1] = add_waet();
    return 2 + add_passed(list + 2, max - 2);
}

static u64 decimal(const char **text)
{
    u64 value = 0;

    for (; **text >= '0' && **text <= '9'; (*text)++)
        value = value * 10 + (u64)(**text - '0');
    return value;
}

u32 acpi_generation_id(void)
{
    char text[48];
    const char *p = text;
    u64 *id;

    if (platform.machine != MACHINE_XEN || !xenstore_read("platform/generation-id", text, sizeof(text)))
        return 0;
    id = acpi_take(sizeof(u64) * 2);
    id[0] = decimal(&p);
    if (*p == ':') {
        p++;
        id[1] = decimal(&p);
    }
    if (*p || p == text) {
        print("vmxloader: platform/generation-id is \"%s\", not two numbers\n", text);
        return 0;
    }
    xen_set_param(HVM_PARAM_VM_GENERATION_ID_ADDR, (u32)id);
    return (u32)id;
}
