# Where a JDK is that can build and run the node. Sourced by cptm and .ci/run.
# shellcheck shell=bash

readonly JAVA_RELEASE=25

# Whether $1 is the home of a new enough JDK. Reads its release file; starting it costs more.
is_jdk() {
    local release
    [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    release=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${release:-0}" -ge "$JAVA_RELEASE" ]
}

# The home that the java on the PATH belongs to, through links and without them.
path_java_homes() {
    local java
    java=$(command -v java) || return 0
    dirname "$(dirname "$java")"
    java=$(readlink -f "$java" 2>/dev/null) && dirname "$(dirname "$java")"
}

# Prints the home of the first new enough JDK among JAVA_HOME, the PATH and the usual folders.
find_jdk() {
    local home
    while IFS= read -r home; do
        if is_jdk "$home"; then
            printf '%s\n' "$home"
            return 0
        fi
    done < <(
        printf '%s\n' "${JAVA_HOME:-}"
        path_java_homes
        printf '%s\n' /usr/lib/jvm/* /opt/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
            /Library/Java/JavaVirtualMachines/*/Contents/Home \
            "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home
    )
    return 1
}
