/* SPDX-License-Identifier: BSD-2-Clause */
/* dfw's options, key scripts and the engines' command lines that come of them. */
#include "tool/argv.c"
#include "tool/bochs_command.c"
#include "tool/child.c"
#include "tool/exits.c"
#include "tool/install.c"
#include "tool/keys.c"
#include "tool/message.c"
#include "tool/option_table.c"
#include "tool/options.c"
#include "tool/options_check.c"
#include "tool/options_file.c"
#include "tool/options_qemu.c"
#include "tool/partition.c"
#include "tool/qemu_command.c"
#include "tool/printed.c"
#include "tool/trace.c"
#include "tool/trace_instructions.c"
#include "tool/trace_words.c"
#include "tool/substitute.c"
#include "tool/xl_config.c"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <sys/mman.h>

char *firmware_find(const char *name)
{
    return text_of("/fw/%s", name);
}

char *name_of_image(const char *path)
{
    return text_of("%s", path);
}

int machine_plan(struct machine *m, const struct options *o)
{
    return DFW_GUEST;
}

int run_or_print(const struct machine *m)
{
    return DFW_GUEST;
}

static bool nested;

bool kvm_nests(const char *extension, const char **why)
{
    *why = "a test says so";
    return nested;
}

static int parse_for(unsigned verb, struct options *o, const char *line)
{
    static char text[512];
    static char *words[32];
    int count = 0;

    *o = (struct options){ 0 };
    snprintf(text, sizeof(text), "%s", line);
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
        words[count++] = word;
    int code = options_parse(o, "test", verb, count, words);
    return code ? code : options_check(o);
}

static int parse(struct options *o, const char *line)
{
    return parse_for(FOR_BOOT, o, line);
}

static void options_in_any_order(void **state)
{
    struct options o;

    assert_int_equal(parse(&o, "a.iso -m 1G --cd=b.iso -c2 --expect x --expect=y --serial stdio -v --hd c.img"), 0);
    assert_int_equal(o.image_count, 3);
    assert_int_equal(o.images[0].kind, DRIVE_AUTO);
    assert_int_equal(o.images[1].kind, DRIVE_CD);
    assert_int_equal(o.images[2].kind, DRIVE_DISK);
    assert_string_equal(o.cpus, "2");
    assert_string_equal(o.serial, "stdio");
    assert_int_equal(o.expect_count, 2);
    assert_true(o.verbose);
    assert_int_equal(parse_mebibytes(o.memory), 1024);
}

static void wrong_options(void **state)
{
    static const char *const lines[] = {
        "--no-such", "-z", "-m", "-m 0", "-m lots", "-m -5", "-c 0", "-c 2x", "--engine vmware", "--timeout soon", "--timeout -1",
        "--screen shot.gif", "--screen png", "--write=yes", "--keys <nokey>", "--keys <enter", "--keys-after x", "--bus ide --machine q35",
        "--engine bochs --machine q35", "--engine bochs --firmware kernel", "--icount --accel kvm", "--partition smv", "--strict", "--assist interpret", "--partition svm --assist no",
        "--partition svm --engine bochs", "--partition vmx --engine qemu --accel tcg", "--partition vmx --machine q35", "--bios x --firmware kernel", "--engine bochs --vga none",
        "--trace int21", "--trace modes", "--trace exits", "--trace int13 --bios x",
    };
    struct options o;

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        assert_int_equal(parse(&o, lines[i]), DFW_USAGE);
}

static void engine_options_pass(void **state)
{
    struct options o;

    assert_int_equal(parse(&o, "a.img -- -device foo --bad"), 0);
    assert_int_equal(o.extra_count, 3);
    assert_string_equal(o.extra[2], "--bad");
    free(o.extra);
}

static void configuration_file(void **state)
{
    struct options o = { .memory = "64" };
    char path[64];
    int fd = memfd_create("config", 0);
    static const char good[] = "# mine\n memory = 512\nengine=qemu\nwrite\nmenu = no\nimage = disk one.img\nexpect=login:\n";
    static const char bad[] = "engine=qemu\nspeed=9\n";

    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    assert_int_equal(write(fd, good, sizeof(good) - 1), sizeof(good) - 1);
    assert_int_equal(options_read_file(&o, FOR_BOOT, path), 0);
    assert_string_equal(o.memory, "64");
    assert_true(o.write);
    assert_false(o.menu);
    assert_string_equal(o.images[0].path, "disk one.img");
    assert_string_equal(o.expect[0], "login:");
    free(o.file_text);
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(pwrite(fd, bad, sizeof(bad) - 1, 0), sizeof(bad) - 1);
    assert_int_equal(options_read_file(&o, FOR_BOOT, path), DFW_USAGE);
    free(o.file_text);
    assert_int_equal(options_read_file(&o, FOR_BOOT, "/nowhere"), DFW_USAGE);
    close(fd);
}

static void write_file(int fd, const char *text)
{
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(pwrite(fd, text, strlen(text), 0), (ssize_t)strlen(text));
}

/* The file of 2005: QEMU's options, one or more a line. */
static void qemu_options_in_a_file(void **state)
{
    struct options o = { .cpus = "2" };
    char path[64];
    int fd = memfd_create("qemurc", 0);

    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    write_file(fd, "# vmx\n-m 384 -smp 4\n-hda 'my disk.img' -cdrom a.iso\n-boot dc\n-cirrusvga\n-soundhw sb16\nmenu\ndir=x\n");
    assert_int_equal(options_read_file(&o, FOR_BOOT, path), 0);
    assert_string_equal(o.memory, "384");
    assert_string_equal(o.cpus, "2");
    assert_int_equal(o.image_count, 2);
    assert_int_equal(o.images[0].kind, DRIVE_DISK);
    assert_string_equal(o.images[0].path, "my disk.img");
    assert_int_equal(o.images[1].kind, DRIVE_CD);
    assert_string_equal(o.boot, "cd,hd");
    assert_string_equal(o.vga, "cirrus");
    assert_int_equal(o.extra_count, 2);
    assert_string_equal(o.extra[1], "sb16");
    assert_true(o.menu);
    assert_null(o.dir);              /* another verb's */
    free(o.file_text);
    free(o.extra);
    o = (struct options){ 0 };
    write_file(fd, "-boot order=dc,once=a,menu=on -serial file:com1.log\n");
    assert_int_equal(options_read_file(&o, FOR_BOOT, path), 0);
    assert_string_equal(o.boot, "cd,hd");
    assert_string_equal(o.once, "fd");
    assert_true(o.menu);
    assert_string_equal(o.serial, "com1.log");
    free(o.file_text);
    static const char *const bad[] = { "-boot x\n", "-boot splash=a\n", "-serial pty\n", "-serial\n", "-m\n", "-vga matrox\n", "menu=perhaps\n", "image=\n" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        o = (struct options){ 0 };
        write_file(fd, bad[i]);
        assert_int_equal(options_read_file(&o, FOR_BOOT, path), DFW_USAGE);
        free(o.file_text);
    }
    close(fd);
}

static void options_of_other_verbs(void **state)
{
    struct options o;

    assert_int_equal(parse_for(FOR_LIST, &o, "--menu"), DFW_USAGE);
    assert_int_equal(parse_for(FOR_LIST, &o, "-- -S"), DFW_USAGE);
    assert_int_equal(parse_for(FOR_INSTALL, &o, "--write --cd a --disk b"), DFW_USAGE);
    assert_int_equal(parse_for(FOR_STOP, &o, "--all"), 0);
    assert_true(o.all);
}

static void installs(void **state)
{
    struct options o;
    unsigned mebibytes;
    char *path;

    assert_int_equal(parse_for(FOR_INSTALL, &o, "--cd a.iso --disk d.qcow2,20G --expect x"), 0);
    assert_true(o.write);
    assert_string_equal(o.once, "cd");
    assert_string_equal(o.boot, "hd");
    assert_int_equal(parse_mebibytes(o.memory), 1024);
    assert_int_equal(split_disk("a,b.img,512M", &path, &mebibytes), 0);
    assert_string_equal(path, "a,b.img");
    assert_int_equal(mebibytes, 512);
    free(path);
    assert_int_equal(split_disk("d.vmdk", &path, &mebibytes), 0);
    assert_int_equal(mebibytes, 8192);
    free(path);
    assert_int_equal(split_disk("d,big", &path, &mebibytes), DFW_USAGE);
    free(path);
    assert_int_equal(split_disk(",8G", &path, &mebibytes), DFW_USAGE);
    free(path);
    assert_string_equal(format_of_name("a.b/d"), "qcow2");
    assert_string_equal(format_of_name("d.raw"), "raw");
    assert_string_equal(format_of_name("d.vhd"), "vpc");
}

static void key_scripts(void **state)
{
    const char *script = "aB<enter><ctrl-alt-delete><pause:250><wait:login: ><lt>-<shift-tab><ctrl-->";
    struct key_step s = keys_next(&script);

    assert_string_equal(s.chord[0].qcode, "a");
    s = keys_next(&script);
    assert_int_equal(s.count, 2);
    assert_string_equal(s.chord[0].qcode, "shift");
    assert_int_equal(s.chord[1].keysym, 'B');
    s = keys_next(&script);
    assert_string_equal(s.chord[0].qcode, "ret");
    s = keys_next(&script);
    assert_int_equal(s.count, 3);
    assert_string_equal(s.chord[2].qcode, "delete");
    s = keys_next(&script);
    assert_int_equal(s.milliseconds, 250);
    s = keys_next(&script);
    assert_string_equal(s.text, "login: ");
    s = keys_next(&script);
    assert_string_equal(s.chord[1].qcode, "comma");
    s = keys_next(&script);
    assert_string_equal(s.chord[0].qcode, "minus");
    s = keys_next(&script);
    assert_int_equal(s.count, 2);
    s = keys_next(&script);
    assert_string_equal(s.chord[1].qcode, "minus");
    assert_int_equal(keys_next(&script).kind, STEP_END);
    assert_int_equal(keys_check("caf\xc3\xa9"), DFW_USAGE);
    assert_int_equal(keys_check("<>"), DFW_USAGE);
    assert_int_equal(keys_check("<a-b-c-d-e>"), DFW_USAGE);
    assert_int_equal(keys_check("<pause:x>"), DFW_USAGE);
}

static void expect_line(struct machine *m, void (*build)(const struct machine *, struct argv *), const char *golden)
{
    struct argv a = { 0 };

    build(m, &a);
    char *text = argv_quote(&a);
    assert_string_equal(text, golden);
    free(text);
    argv_free(&a);
}

static void qemu_lines(void **state)
{
    struct options o;
    struct machine m = { .options = &o, .rom = "/fw/dfw.rom", .boot_order = "dc", .drive_count = 3, .drives = {
        { DRIVE_CD, "my disk.iso", "raw", 0, "" }, { DRIVE_DISK, "a,b.qcow2", "qcow2", 0, "" }, { DRIVE_FLOPPY, "f.img", "raw", 0, "" } } };

    assert_int_equal(parse(&o, "--menu"), 0);
    expect_line(&m, qemu_machine_args,
        "qemu-system-x86_64 -no-user-config -nodefaults -machine pc -accel tcg -m 256M -smp 1 -bios /fw/dfw.rom "
        "-drive if=floppy,index=0,format=raw,snapshot=on,file=f.img "
        "-drive if=ide,index=0,media=disk,format=qcow2,snapshot=on,file=a,,b.qcow2 "
        "-drive 'if=ide,index=1,media=cdrom,format=raw,readonly=on,file=my disk.iso' "
        "-boot order=dc,menu=on -vga std -display none -serial stdio -monitor none");
    m = (struct machine){ .options = &o, .kernel = "/fw/vmxloader", .vgabios = "v.bin", .drive_count = 1, .boot_order = "c",
                          .drives = { { DRIVE_DISK, "it's.img", "raw", 0, "" } } };
    assert_int_equal(parse(&o, "--bus virtio --write --machine q35 --vga cirrus --cmdline a --icount -m 2G -- -S"), 0);
    expect_line(&m, qemu_machine_args,
        "qemu-system-x86_64 -no-user-config -nodefaults -machine q35 -accel tcg -m 2048M -smp 1 -kernel /fw/vmxloader -append a "
        "-drive 'if=none,id=hd0,format=raw,file=it'\\''s.img' -device virtio-blk-pci,drive=hd0,disable-modern=off "
        "-boot order=c -vga none -device cirrus-vga,romfile=v.bin -display none -serial stdio -monitor none "
        "-icount shift=0,sleep=off -rtc base=2000-01-01,clock=vm -S");
    free(o.extra);
}

static void expect_cpu(const char *line, bool kvm, const char *cpu, const char *words)
{
    struct options o;

    nested = kvm;
    assert_int_equal(parse(&o, line), 0);
    assert_int_equal(partition_accelerate(&o, &kvm), 0);
    char *model = partition_cpu(&o, kvm), *text = firmware_words(&o);
    assert_string_equal(model, cpu);
    assert_string_equal(text, words);
    free(model);
    free(text);
}

static void partitions(void **state)
{
    struct options o;
    bool kvm = true;

    expect_cpu("--partition svm", false, "qemu64,+svm,+npt", "partition=svm");
    expect_cpu("--partition svm --strict --cpu EPYC,-npt --cmdline log", false, "EPYC,-npt,+svm", "partition=svm strict log");
    expect_cpu("--partition svm --assist interpret", false, "qemu64,+svm,+npt", "partition=svm assist=interpret");
    expect_cpu("--partition auto", true, "host", "partition=auto");
    expect_cpu("--partition vmx --cpu Nehalem", true, "Nehalem,+vmx", "partition=vmx");
    nested = false;
    assert_int_equal(parse(&o, "--partition vmx"), 0);
    assert_string_equal(o.engine, "bochs");
    assert_int_equal(parse(&o, "--partition auto"), 0);
    assert_int_equal(partition_accelerate(&o, &kvm), 0);
    assert_false(kvm);
    assert_int_equal(parse(&o, "--partition vmx --engine qemu"), 0);
    assert_int_equal(partition_accelerate(&o, &kvm), DFW_USAGE);
    assert_int_equal(parse(&o, "--partition svm --accel kvm"), 0);
    assert_int_equal(partition_accelerate(&o, &kvm), DFW_USAGE);
}

static void exit_counters(void **state)
{
    const uint64_t counters[] = { 7, 0, 1ull << 40 };
    struct exits e = { 0 };

    exits_hear(&e, "hypervisor: SVM; memory fe00000-fffffff");
    exits_hear(&e, "hypervisor: exit counters at fe00000");
    assert_int_equal(e.address, 0);
    exits_hear(&e, "hypervisor: exit counters at fe05160:cpuid,control register,other");
    assert_int_equal(e.address, 0xFE05160);
    assert_int_equal(e.kinds, 3);
    char *text = exits_text(&e, counters);
    assert_string_equal(text, "cpuid 7, other 1099511627776");
    free(text);

    const uint64_t of_two[] = { 7, 0, 1, 5, 0, 2 };
    exits_hear(&e, "hypervisor: exit counters at fe05160 x 2:cpuid,control register,other");
    assert_int_equal(e.processors, 2);
    text = exits_text(&e, of_two);
    assert_string_equal(text, "cpuid 12, other 3");
    free(text);
}

static void build_bochs(const struct machine *m, struct argv *a)
{
    bochs_args(m, a, m->rom, "/dev/tty");
}

static void bochs_lines(void **state)
{
    struct options o;
    struct machine m = { .options = &o, .rom = "/fw/dfw.rom", .boot_order = "dc", .drive_count = 1,
                         .drives = { { DRIVE_CD, "a.iso", "raw", 0, "" } } };

    assert_int_equal(parse(&o, "--engine bochs --cpu core2_penryn_t9600"), 0);
    expect_line(&m, build_bochs,
        "bochs-bin -q -f /dev/null 'config_interface: textconfig' 'display_library: rfb, options=\"timeout=0\"' 'log: /dev/stderr' "
        "'panic: action=fatal' 'error: action=ignore' 'info: action=ignore' 'debug: action=ignore' 'port_e9_hack: enabled=1' "
        "'speaker: enabled=0' 'mouse: enabled=0' 'sound: waveoutdrv=dummy, waveindrv=dummy, midioutdrv=dummy' "
        "'romimage: file=/fw/dfw.rom' 'vgaromimage: file=/fw/vgabios-std.bin' 'vga: extension=vbe' "
        "'pci: enabled=1, chipset=i440fx, slot1=pcivga' 'megs: 256' "
        "'cpu: model=core2_penryn_t9600, count=1, ips=50000000, reset_on_triple_fault=1' 'clock: sync=none, time0=946684800' "
        "'com1: enabled=1, mode=term, dev=/dev/tty' 'ata0-master: type=cdrom, path=a.iso, status=inserted' 'boot: cdrom, disk'");
    m.drives[0] = (struct drive){ DRIVE_DISK, "a.qcow2", "qcow2", 0, "" };
    assert_int_equal(bochs_check(&m), 0);
    assert_true(bochs_needs_copy(&m, &m.drives[0]));
    o.write = true;
    assert_int_equal(bochs_check(&m), DFW_USAGE);
    m.drives[0] = (struct drive){ DRIVE_DISK, "a.vmdk", "vmdk", 0, "" };
    assert_int_equal(bochs_check(&m), 0);
    assert_false(bochs_needs_copy(&m, &m.drives[0]));
}

static void expect_xl(const struct machine *m, const char *sockets, const char *part)
{
    char *text = NULL;
    size_t size;
    FILE *f = open_memstream(&text, &size);

    xl_config(f, m, sockets);
    fclose(f);
    if (!strstr(text, part))
        fail_msg("not in the configuration: %s\n%s", part, text);
    free(text);
}

static void xl_configurations(void **state)
{
    struct options o;
    struct machine m = { .options = &o, .kernel = "/fw/vmxloader", .boot_order = "cd", .drive_count = 3, .drives = {
        { DRIVE_DISK, "/no/a\"b.img", "raw", 0, "" }, { DRIVE_CD, "/no/c.iso", "raw", 0, "" }, { DRIVE_FLOPPY, "/no/f,g.img", "raw", 0, "" } } };

    assert_int_equal(parse(&o, "--engine xen --vga cirrus --bus ahci -c 2 --write"), 0);
    assert_string_equal(o.firmware, "kernel");
    expect_xl(&m, NULL, "\"format=raw, vdev=hda, access=rw, target=/no/a\\\"b.img\",\n"
                        "    \"format=raw, vdev=hdb, access=ro, devtype=cdrom, target=/no/c.iso\"\n]\n");
    expect_xl(&m, NULL, "= [ \"-drive\", \"if=floppy,index=0,format=raw,file=/no/f,,g.img\", ]\n");
    expect_xl(&m, NULL, "hdtype            = \"ahci\"\n");
    expect_xl(&m, NULL, "vga               = \"cirrus\"\n");
    expect_xl(&m, "/run/x", "serial            = \"unix:/run/x/serial,server=on,wait=off\"\n");
    expect_xl(&m, "/run/x", "\"-chardev\", \"socket,id=dfw,path=/run/x/qmp,server=on,wait=off\", \"-mon\", \"chardev=dfw,mode=control\", ]");
    assert_int_equal(parse(&o, "--engine xen"), 0);
    expect_xl(&m, NULL, "disk              = [\n    \"format=raw, vdev=hdb,");
    expect_xl(&m, NULL, "\"if=ide,index=0,format=raw,snapshot=on,file=/no/a\\\"b.img\"");
    assert_int_equal(parse(&o, "--engine xen --bus ahci"), 0);
    expect_xl(&m, NULL, "\"if=none,id=dfw0,format=raw,snapshot=on,file=/no/a\\\"b.img\", \"-device\", \"ahci,id=dfw-ahci\", \"-device\", \"ide-hd,bus=dfw-ahci.0,drive=dfw0\"");
    assert_int_equal(parse(&o, "--engine xen --bus virtio"), DFW_USAGE);
    assert_int_equal(parse(&o, "--engine xen --bus nvme"), DFW_USAGE);
    assert_int_equal(parse(&o, "--engine xen --cpu qemu64"), DFW_USAGE);
    assert_int_equal(parse(&o, "--engine xen --machine q35"), DFW_USAGE);
    assert_int_equal(parse(&o, "--engine xen --once cd"), DFW_USAGE);
    assert_int_equal(parse(&o, "--engine xen --icount"), DFW_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_in_any_order), cmocka_unit_test(wrong_options), cmocka_unit_test(engine_options_pass),
        cmocka_unit_test(configuration_file), cmocka_unit_test(qemu_options_in_a_file), cmocka_unit_test(options_of_other_verbs), cmocka_unit_test(installs), cmocka_unit_test(key_scripts), cmocka_unit_test(qemu_lines), cmocka_unit_test(partitions), cmocka_unit_test(exit_counters),
        cmocka_unit_test(bochs_lines), cmocka_unit_test(xl_configurations),
    };
    return cmocka_run_group_tests_name("tool_options", tests, NULL, NULL);
}
