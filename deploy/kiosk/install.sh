#!/bin/sh
# Makes a Debian 12 computer a kiosk. It can be run again, to change an answer or after an update.
#
#   sudo ./install.sh --address https://chat.example.se --municipality umea
#
# docs/kiosk.md tells what it does and what it is not.
set -eu

usage() {
  cat <<'TEXT'
install.sh --address https://chat.example.se --municipality umea [options]

  --address URL         where Medborgarlotsen runs; the only place the browser may go
  --municipality ID     whose kiosk it is: the last part of /kiosk/umea
  --session NAME        cage (Wayland, the default) or openbox (X, for old graphics)
  --turn DEGREES        0 (the default), 90, 180 or 270, clockwise
  --keyboard            keyboards that are plugged in work; without it they do nothing
  --microphone          the page may listen, when the server is set up for it
  --root FOLDER         only write the files, below this folder: no packages, user or services
TEXT
}

refuse() {
  echo "[ERROR] $1" >&2
  exit 64
}

here=$(cd "$(dirname "$0")" && pwd)
address='' municipality='' session=cage turn=0 keyboard=false microphone=false root=''

while [ $# -gt 0 ]; do
  case "$1" in
    --keyboard) keyboard=true ;;
    --microphone) microphone=true ;;
    --help | -h) usage && exit 0 ;;
    --address | --municipality | --session | --turn | --root)
      [ $# -ge 2 ] || refuse "$1 needs a value"
      case "$1" in
        --address) address=$2 ;;
        --municipality) municipality=$2 ;;
        --session) session=$2 ;;
        --turn) turn=$2 ;;
        --root) root=$2 ;;
      esac
      shift
      ;;
    *) refuse "unknown: $1 (--help lists the options)" ;;
  esac
  shift
done

# What is written into files is checked to the last character, so that nothing else gets in.
matches() {
  [ "$(printf %s "$1" | wc -l)" -eq 0 ] && printf %s "$1" | grep -Eqx "$2"
}

address=${address%/}
matches "$address" 'https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?|http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?' ||
  refuse "--address is '$address': write https://chat.example.se, with no path"
matches "$municipality" '[a-z][a-z0-9_]*' ||
  refuse "--municipality is '$municipality': write the last part of /kiosk/umea"
matches "$session" 'cage|openbox' || refuse "--session is '$session': write cage or openbox"
matches "$turn" '0|90|180|270' || refuse "--turn is '$turn': write 0, 90, 180 or 270"

# For Chromium a host stands for all below it too, and no port for any: a dot and a port end that.
scheme=${address%%://*} host=${address#*://}
case "$host" in
  *:*) ;;
  *) [ "$scheme" = https ] && host=$host:443 || host=$host:80 ;;
esac

listeners=[]
if [ "$microphone" = true ]; then listeners="[\"$address\"]"; fi

# fill SOURCE TARGET MODE: write a file with the answers filled in.
fill() {
  mkdir -p "$(dirname "$root$2")"
  sed -e "s|@ORIGIN@|$address|" -e "s|@FILTER@|$scheme://.$host|" -e "s|@SESSION@|$session|" \
    -e "s|@MUNICIPALITY@|$municipality|" -e "s|@TURNS@|$((turn / 90))|" \
    -e "s|@LISTENERS@|$listeners|" "$here/$1" >"$root$2.new"
  chmod "$3" "$root$2.new"
  mv "$root$2.new" "$root$2"
}

install_packages() {
  set -- chromium curl fonts-dejavu-core fonts-noto-core alsa-utils
  if [ "$session" = cage ]; then
    # Debian's cage refuses to start without Xwayland, though nothing here needs it.
    set -- "$@" cage grim xwayland
  else
    set -- "$@" openbox xserver-xorg xinit x11-apps x11-xserver-utils
  fi
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

make_user() {
  id lotsen-kiosk >/dev/null 2>&1 ||
    useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin lotsen-kiosk
  usermod --append --groups audio,video,render,input lotsen-kiosk
}

write_files() {
  program=/usr/local/lib/lotsen-kiosk
  for name in session browser x-session watch; do fill "$name" "$program/$name" 755; done
  fill kiosk.conf /etc/lotsen-kiosk/kiosk.conf 644
  fill openbox.xml /etc/lotsen-kiosk/openbox.xml 644
  fill policies.json /etc/chromium/policies/managed/lotsen-kiosk.json 644
  fill lotsen-kiosk.pam /etc/pam.d/lotsen-kiosk 644
  for unit in "$here"/lotsen-kiosk*.service "$here"/lotsen-kiosk*.timer; do
    fill "$(basename "$unit")" "/etc/systemd/system/$(basename "$unit")" 644
  done
  optional "$([ "$session" = openbox ] && echo true)" xorg.conf /etc/X11/xorg.conf.d/90-lotsen-kiosk.conf
  optional "$([ "$keyboard" = true ] || echo true)" keyboards.rules /etc/udev/rules.d/90-lotsen-kiosk.rules
}

# optional WANTED SOURCE TARGET: write it, or take away what an earlier run has written.
optional() {
  if [ "$1" = true ]; then
    fill "$2" "$3" 644
  else
    rm -f "$root$3"
  fi
}

start() {
  udevadm control --reload
  udevadm trigger --subsystem-match=input
  systemctl daemon-reload
  systemctl enable lotsen-kiosk.service lotsen-kiosk-watch.timer lotsen-kiosk-night.timer
  systemctl start lotsen-kiosk-watch.timer lotsen-kiosk-night.timer
  systemctl restart lotsen-kiosk.service
}

if [ -z "$root" ]; then
  [ "$(id -u)" -eq 0 ] || refuse "run it as root: sudo $0 …"
  install_packages
  make_user
fi
write_files
if [ -z "$root" ]; then
  start
  echo "The kiosk shows $address/kiosk/$municipality"
fi
