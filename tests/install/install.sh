#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# install.sh: what the installer CD runs, in a chroot of its live tree: Debian from the CD's pool onto the first disk, by
# sfdisk, mkfs.ext4, debootstrap, apt and grub-install. /cdrom is the CD, /target a tmpfs; says "installed" at the end.
set -eu

disk=/dev/sda
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes
step() {
    echo "install: $(cut -d ' ' -f 1 /proc/uptime) $*"
}

step partition $disk
echo '2048,,83,*' | sfdisk -q $disk
mkfs.ext4 -q -L root ${disk}1
mount ${disk}1 /target

step base system
debootstrap --no-check-gpg --variant=minbase bookworm /target file:///cdrom >/tmp/debootstrap.log 2>&1 || {
    tail -n 40 /tmp/debootstrap.log /target/debootstrap/debootstrap.log
    exit 1
}

step packages
echo 'deb [trusted=yes] file:///cdrom bookworm main' >/target/etc/apt/sources.list
echo "LABEL=root / ext4 defaults 0 1" >/target/etc/fstab
echo dfw-installed >/target/etc/hostname
echo force-unsafe-io >/target/etc/dpkg/dpkg.cfg.d/no-fsync
mkdir -p /target/cdrom /target/etc/default
for place in cdrom dev proc sys; do
    mount --rbind /$place /target/$place
done
cat >/target/etc/default/grub <<EOF
GRUB_TIMEOUT=1
GRUB_TERMINAL="console serial"
GRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"
GRUB_CMDLINE_LINUX_DEFAULT=""
GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200 mitigations=off"
GRUB_DISABLE_OS_PROBER=true
EOF
chroot /target apt-get -q update
chroot /target apt-get -q -y --no-install-recommends install $(cat /cdrom/base)
echo root:dfw | chroot /target chpasswd

step boot loader
rm /target/etc/dpkg/dpkg.cfg.d/no-fsync
chroot /target grub-install $disk
chroot /target update-grub

step unmount
for place in sys proc dev cdrom; do
    umount -l /target/$place
done
umount /target
sync
step installed
