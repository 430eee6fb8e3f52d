#!/bin/sh
# Makes .venv from requirements.lock when the lock has changed, and the `loa` command in it.
# Needs Python >= 3.11 with venv and ensurepip, and nothing else: no root, no compiler, no build.
set -eu
cd "$(dirname "$0")/.."

fail() { # a sentence in Vietnamese, the same in English
    printf '%s\n%s\n' "$1" "$2" >&2
    exit 1
}

# A name on the PATH may be a shim that only complains, so each candidate is run, not just looked up.
find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
}

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    python=$(find_python)
    [ -n "$python" ] || fail \
        "Loa cần Python 3.11 trở lên; trên Debian hoặc Ubuntu hãy cài bằng: sudo apt install python3 python3-venv" \
        "Loa needs Python 3.11 or newer; on Debian or Ubuntu install it with: sudo apt install python3 python3-venv"
    "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 || fail \
        "Python này thiếu mô-đun venv; trên Debian hoặc Ubuntu hãy cài bằng: sudo apt install python3-venv" \
        "This Python lacks its venv module; on Debian or Ubuntu install it with: sudo apt install python3-venv"
    rm -rf .venv
    "$python" -m venv .venv || fail \
        "Không tạo được môi trường .venv trong thư mục này; hãy kiểm tra quyền ghi và dung lượng đĩa." \
        "The environment .venv could not be made in this folder; check that it is writable and the disk has room."
fi

# The stamp is the lock's own digest: an unchanged lock costs nothing at the next start.
lock=${LOA_LOCK:-requirements.lock}
stamp=.venv/.loa-$(basename "$lock" .lock)
digest=$(.venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$lock")
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$digest" ]; then
    echo "Đang cài các gói trong $lock … (installing packages)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --prefer-binary --requirement "$lock" || fail \
        "Không cài được các gói trong $lock; lý do ở ngay phía trên, sửa xong hãy chạy lại lệnh." \
        "The packages in $lock could not be installed; the reason stands above, put it right and run the command again."
    echo "$digest" >"$stamp"
fi

# A path file and a two-line script stand in for an installed package, so nothing is ever built.
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
pwd >"$site/loa.pth"
cat >.venv/bin/loa <<'SCRIPT'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/python" -P -m loa.project.cli "$@"
SCRIPT
chmod +x .venv/bin/loa

.venv/bin/python -m loa.project.translations
