# SPDX-License-Identifier: BSD-2-Clause
# Downloading Debian packages without touching the machine's own set-up: sourced. apt runs on lists and a cache in one
# directory, so no foreign architecture is added and nothing is installed.

apt_begin() {  # $1: the directory. Sets apt_dir and apt_options.
    mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
    apt_dir=$(cd "$1" && pwd)
    apt_options="-q -o Dir::State::Lists=$apt_dir/lists -o Dir::Cache=$apt_dir/cache -o APT::Sandbox::User=
        -o APT::Architecture=amd64"
}

apt_update() {  # once a directory
    [ ! -e "$apt_dir/updated" ] || return 0
    echo "apt: reading package lists" >&2
    # shellcheck disable=SC2086 # options are words
    apt-get $apt_options update >"$apt_dir/update.log" 2>&1 || true
    touch "$apt_dir/updated"
}
