# What the benchmarks share: tools, a scratch directory, a loopback nginx, and how a command is measured.
set -euo pipefail

scratch=$(mktemp -d "${TMPDIR:-/tmp}/precis-bench.XXXXXX")
chmod 755 "$scratch"
trap 'stop_nginx; rm -rf "$scratch"' EXIT

need() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local root=(); [ "$(id -u)" -eq 0 ] || root=(sudo)
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# feeds COUNT BYTES: distinct RSS files of about BYTES bytes, 30 items each, under $scratch/www; all of one age, so that
# one date asks for all of them conditionally.
feeds() {
  mkdir -p "$scratch/www"
  LC_ALL=C awk -v count="$1" -v bytes="$2" -v dir="$scratch/www" 'BEGIN {
    split("the of and a to in is that for it as was with be by on not this are from at or an have which one you were all her she there would their we him been has when who will no more if out so said what up its about into than them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many fore must through years where much your way well down should because each just those people how too little state good very make world still own see men work long get here between both life being under never day same another know while last might us great old year off come since against go came right used take three", w, " ")
    n = length(w); items = 30; per = int((bytes - 900) / items) - 380; if (per < 80) per = 80
    for (f = 0; f < count; f++) {
      file = dir "/" f ".xml"; srand(f + 1)
      printf "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Feed %d</title><link>https://f%d.example/</link><description>Benchmark feed %d</description>\n", f, f, f > file
      for (i = 0; i < items; i++) {
        text = ""; while (length(text) < per) text = text w[1 + int(rand() * n)] " "
        printf "<item><title>Entry %d of feed %d</title><link>https://f%d.example/p/%d</link><guid>https://f%d.example/p/%d</guid><pubDate>Mon, %02d Jun 2026 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>%s</p><p><a href=\"https://f%d.example/x\">More</a></p>]]></content:encoded></item>\n", i, f, f, i, f, i, 1 + i % 28, text, f > file
      }
      printf "</channel></rss>\n" > file; close(file)
    } }'
  find "$scratch/www" -type f -exec touch -d '2026-01-01T00:00:00Z' {} +
}

# start_nginx: serves $scratch/www on a free port of 127.0.0.1; sets $port, and $tls_port where $tls_certificate and
# $tls_key name files.
start_nginx() {
  local secure=""
  for port in $(shuf -i 20000-32000 -n 20); do
    tls_port=$((port + 1))
    [ -z "${tls_certificate:-}" ] || secure="listen 127.0.0.1:$tls_port ssl backlog=4096; ssl_certificate $tls_certificate;
    ssl_certificate_key $tls_key; ssl_session_cache off; ssl_session_tickets off;"
    cat > "$scratch/nginx.conf" <<CONF
daemon on; pid $scratch/nginx.pid; error_log $scratch/error.log crit; worker_processes 1;
events { worker_connections 4096; multi_accept on; }
http { access_log off; sendfile on; keepalive_requests 1000000; default_type application/rss+xml; types { }
  client_body_temp_path $scratch/t1; proxy_temp_path $scratch/t2; fastcgi_temp_path $scratch/t3;
  uwsgi_temp_path $scratch/t4; scgi_temp_path $scratch/t5;
  server { listen 127.0.0.1:$port backlog=4096; $secure root $scratch/www; } }
CONF
    nginx -c "$scratch/nginx.conf" 2>/dev/null && return
  done
  echo "nginx does not start" >&2; return 1
}

stop_nginx() { [ -f "$scratch/nginx.pid" ] && kill "$(cat "$scratch/nginx.pid")" 2>/dev/null || true; }

# measure NAME CMD…: runs it and prints wall and CPU seconds and peak memory.
measure() {
  local name=$1; shift
  local status=0
  /usr/bin/time -o "$scratch/time" -f '%e %U %S %M' "$@" >"$scratch/out" 2>"$scratch/err" || status=$?
  local note=""; [ $status -eq 0 ] || note="  (exit $status: $(tail -n 1 "$scratch/err"))"
  tail -n 1 "$scratch/time" | awk -v name="$name" -v note="$note" \
    '{ printf "%-44s %7.2f s wall  %7.2f s CPU  %7.1f MB%s\n", name, $1, $2 + $3, $4 / 1024, note }'
}
