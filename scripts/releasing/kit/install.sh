#!/bin/sh
# 离线安装 fugong：不联网，不要管理员。Install fugong without a network and without rights.
#
#   sh install.sh [FOLDER]      默认 default: ~/.local/share/fugong-program
#
# PYTHON   用哪个 Python（3.11 以上） which Python, if it is not found by itself
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
home=${1:-"${HOME:?}/.local/share/fugong-program"}

# 文件有没有传坏 What was copied must be what was released.
if command -v sha256sum >/dev/null 2>&1; then
  (cd "$here" && sha256sum --quiet -c SHA256SUMS) || { echo '文件不完整，请重新拷贝。The files are damaged: copy them again.' >&2; exit 1; }
elif command -v shasum >/dev/null 2>&1; then
  (cd "$here" && shasum -a 256 -s -c SHA256SUMS) || { echo '文件不完整，请重新拷贝。The files are damaged: copy them again.' >&2; exit 1; }
fi

version=
for python in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11; do
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
  [ -f "$here/requirements-$version.txt" ] && break
  version=
done
if [ -z "$version" ]; then
  have=$(cd "$here" && echo requirements-*.txt | sed 's/requirements-//g; s/\.txt//g')
  echo "没有找到合用的 Python（$have）；装在别处的，用 PYTHON=路径 sh install.sh" >&2
  echo "No Python that this kit is for ($have) was found; name one with PYTHON=PATH sh install.sh" >&2
  exit 1
fi

"$python" -m venv --clear --without-pip "$home"
for pip in "$here"/wheels/pip-*.whl; do :; done
"$home/bin/python" "$pip/pip" install -q --no-index --no-deps --require-hashes --no-cache-dir \
  --disable-pip-version-check --find-links "$here/wheels" -r "$here/requirements-$version.txt"

# 命令、手册、补全放到本人的文件夹里 The command, its manual and completions, for this user alone.
link() {
  mkdir -p "${HOME:?}/.local/$(dirname "$2")" && ln -sfn "$home/$1" "$HOME/.local/$2"
}
if [ -n "${HOME:-}" ]; then
  link bin/fugong bin/fugong
  for file in share/man/man1/fugong.1 share/man/zh_CN/man1/fugong.1 share/bash-completion/completions/fugong; do
    link "$file" "$file"
  done
fi

"$home/bin/fugong" --version
case ":$PATH:" in
  *":${HOME:-}/.local/bin:"*) echo '装好了：fugong init 开始。Done: begin with fugong init.' ;;
  *) echo "装好了。把 ~/.local/bin 加进 PATH，或直接运行 $home/bin/fugong init"
     echo "Done. Add ~/.local/bin to your PATH, or run $home/bin/fugong init" ;;
esac
