#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# install.sh: what the installer CD runs, in a chroot of its live tree: Debian from the CD's pool onto the first disk, by
# sfdisk, mkfs.ext4, dpkg, apt and grub-install. /cdrom is the CD, /target a tmpfs; says "installed" at the end.
set -eu

disk=/dev/sda
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes
step() {
    echo "install: $(cut -d ' ' -f 1 /proc/uptime) $*"
}

step partition $disk
echo '2048,,83,*' | sfdisk -q $disk
mkfs.ext4 -q -L root ${disk}1
mount -o noatime,nobarrier,data=writeback ${disk}1 /target

# While it installs, nothing waits for the disk: an installation that was cut off is begun again.
quick=/target/etc/dpkg/dpkg.cfg.d/installer
mkdir -p "${quick%/*}"
printf '%s\n' force-unsafe-io 'path-exclude /usr/share/man/*' 'path-exclude /usr/share/locale/*' 'path-exclude /usr/share/doc/*' \
    'path-include /usr/share/doc/*/copyright' >$quick

# Debian's essential packages as debootstrap begins with them: unpacked by tar, so that there are a shell and a dpkg to
# run their scripts, then installed over that by their own dpkg, base-passwd first because the others want users.
step base system
for place in bin lib lib32 lib64 libx32 sbin; do
    mkdir -p /target/usr/$place
    ln -s usr/$place /target/$place
done
for deb in $(cat /cdrom/required); do
    dpkg-deb --fsys-tarfile /cdrom/"$deb" | tar -x --keep-directory-symlink -C /target
done
ln -s mawk /target/usr/bin/awk
mkdir -p /target/cdrom
for place in cdrom dev proc sys; do
    mount --rbind /$place /target/$place
done
echo "LABEL=root / ext4 defaults 0 1" >/target/etc/fstab
echo dfw-installed >/target/etc/hostname
touch /target/var/lib/dpkg/status
chroot /target dpkg --force-depends --install /cdrom/pool/main/b/base-passwd/*.deb
chroot /target dpkg --force-depends --install $(sed 's|^|/cdrom/|' /cdrom/required)

# The kernel comes last: with nothing else waiting for a new initrd it is made once.
step packages
echo 'deb [trusted=yes] file:///cdrom bookworm main' >/target/etc/apt/sources.list
mkdir -p /target/etc/default /target/etc/initramfs-tools/conf.d
echo MODULES=dep >/target/etc/initramfs-tools/conf.d/driver-policy
chroot /target apt-get -q update
chroot /target apt-get -q -y --no-install-recommends install $(cat /cdrom/base)
step kernel
chroot /target apt-get -q -y --no-install-recommends install $(cat /cdrom/kernel)
echo root:dfw | chroot /target chpasswd

step boot loader
cat >/target/etc/default/grub <<EOF
GRUB_TIMEOUT=1
GRUB_TERMINAL="console serial"
GRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"
GRUB_CMDLINE_LINUX_DEFAULT=""
GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200 mitigations=off"
GRUB_DISABLE_OS_PROBER=true
EOF
rm $quick
chroot /target grub-install $disk
chroot /target update-grub

step unmount
for place in sys proc dev cdrom; do
    umount -l /target/$place
done
umount /target
sync
step installed
