#!/bin/sh
# Exports what neglint reads of a Google Cloud project. It reads only, and calls gcloud alone (and
# curl with --rest). What cannot be had is told, noted in manifest.json, and fetched when the same
# command is run again. https://cloud.google.com/sdk/docs/install has gcloud.
set -uf
umask 077
LC_ALL=C
export LC_ALL

usage() {
  cat <<'END'
usage: sh export.sh [OPTION...] PROJECT DIRECTORY

Exports network endpoint groups, load balancers, VMs and what they use of PROJECT
to DIRECTORY, for `neglint DIRECTORY`. Run it again to go on where it failed.

  --jobs N     how many calls at once (default: 4; gcloud needs a processor for each)
  --rest       list endpoints and members with curl, for projects with many groups
  --tries N    how often to try what fails (default: 3)
  --any-age    go on with an export that was begun more than an hour ago

The account needs roles/compute.viewer. Startup scripts, keys and headers of requests
are left out. Exit status: 0 complete, 1 incomplete, 2 wrong usage.
END
}

say() { printf 'export.sh: %s\n' "$*" >&2; }

fail() {
  say "$2"
  exit "$1"
}

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

jobs=4 rest='' tries=3 any_age=''
while [ $# -gt 0 ]; do
  case $1 in
    --jobs | --tries)
      case ${2-} in '' | *[!0-9]* | 0*) fail 2 "write $1 with a number of 1 or more" ;; esac
      if [ "$1" = --jobs ]; then jobs=$2; else tries=$2; fi
      shift
      ;;
    --rest) rest=1 ;;
    --any-age) any_age=1 ;;
    -h | --help)
      usage
      exit 0
      ;;
    -*) fail 2 "there is no option $1; --help shows all" ;;
    *) break ;;
  esac
  shift
done
if [ $# -ne 2 ] || [ -z "$1" ] || [ -z "$2" ]; then
  usage >&2
  exit 2
fi
project=$1 directory=${2%/}
case $project in *[!a-zA-Z0-9.:-]* | [.:-]*) fail 2 "'$project' is no project id" ;; esac
case $directory in -*) directory=./$directory ;; '') directory=/ ;; esac
command -v gcloud >/dev/null || fail 2 "gcloud is not installed, or not in the PATH"
[ -z "$rest" ] || command -v curl >/dev/null || fail 2 "--rest needs curl"

# gcloud takes a failed list for an empty one and asks questions unless it is told not to.
export CLOUDSDK_COMPUTE_ALLOW_PARTIAL_ERROR=false CLOUDSDK_CORE_DISABLE_PROMPTS=1
export CLOUDSDK_CORE_VERBOSITY=warning CLOUDSDK_CORE_USER_OUTPUT_ENABLED=true
export CLOUDSDK_CORE_DISABLE_COLOR=true

# What is no dump stands in a folder that neglint passes over.
state=$directory/.export
log=$state/log tab=$(printf '\t')

# begin: makes the folder, or goes on with the export in it.
begin() {
  if [ ! -d "$state" ] && [ -d "$directory" ] && [ -n "$(ls -A "$directory")" ]; then
    fail 2 "$directory holds other files; name a new directory"
  fi
  mkdir -p "$state" || fail 2 "$directory cannot be made"
  if [ -f "$state/begun" ]; then
    IFS=$tab read -r known seconds start <"$state/begun"
    [ "$known" = "$project" ] || fail 2 "$directory is an export of $known; name a new directory"
    if [ -z "$any_age" ] && [ $(($(date +%s) - seconds)) -gt 3600 ]; then
      fail 2 "$directory was begun more than an hour ago ($start), and its parts would tell of \
different times; remove it, name a new directory, or add --any-age"
    fi
  else
    start=$(now)
    printf '%s\t%s\t%s\n' "$project" "$(date +%s)" "$start" >"$state/begun" ||
      fail 1 "$state cannot be written"
  fi
  # Until the end nobody shall take the export for complete.
  rm -f "$directory/manifest.json"
}

# redact: leaves out the values of members that may hold secrets.
redact() {
  sed -e 's/^\( *"headerValue": \)".*"\(,\{0,1\}\)$/\1"REDACTED"\2/' \
    -e 's/^\( *"request": \)".*"\(,\{0,1\}\)$/\1"REDACTED"\2/' \
    -e 's/^\( *"response": \)".*"\(,\{0,1\}\)$/\1"REDACTED"\2/' \
    -e 's/^\( *"requestPath": "[^"?]*?\).*"\(,\{0,1\}\)$/\1REDACTED"\2/'
}

# reason FILE: what a command said on standard error, on one line, without names of accounts.
reason() {
  tr '\n\t' '  ' <"$1" | sed -e 's/\[[^][]*@[^][]*\]//g' -e 's/[^ ]*@[^ ]*//g' -e 's/  */ /g' \
    -e 's/^ *ERROR: \(([^)]*) \)\{0,1\}//' -e 's/ $//' | cut -c1-300
}

# note PATH STATE REASON: remembers what became of a part; the last line about it counts.
note() { printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$(now)" "$3" >>"$log"; }

# give_up PATH REASON
give_up() {
  why=${2:-"no answer"}
  note "$1" failed "$why"
  say "$1 failed: $why"
}

# progress PATH
progress() {
  echo "$1" >>"$state/done"
  if [ -t 2 ]; then
    printf 'export.sh: %d/%d %s\033[K\r' "$(wc -l <"$state/done")" "$total" "$1" >&2
  fi
}

# is_final REASON: whether trying again is of no use.
is_final() {
  case $1 in
    *permission* | *"not found"* | *authorized* | *"auth login"* | *"HTTP 401"* | *"HTTP 404"*) ;;
    *) return 1 ;;
  esac
}

# pause REASON: before another try. Quotas refill each minute.
pause() {
  case $1 in
    *[Qq]uota* | *rateLimit* | *429*) sleep 60 ;;
    *) sleep 3 ;;
  esac
}

# fetch PATH FORMAT COMMAND...: writes what gcloud prints to PATH, all of it or nothing.
fetch() {
  path=$1 format=$2
  shift 2
  try=1
  while :; do
    # The status alone tells of no failed page: the warning does.
    if gcloud compute "$@" --project="$project" --format="$format" \
      </dev/null >"$directory/$path.raw.part" 2>"$directory/$path.err" &&
      ! grep -q 'Some requests did not succeed' "$directory/$path.err" &&
      [ -s "$directory/$path.raw.part" ]; then
      if redact <"$directory/$path.raw.part" >"$directory/$path.part" &&
        note "$path" complete - && mv "$directory/$path.part" "$directory/$path"; then
        progress "$path"
      else
        give_up "$path" "it cannot be written"
      fi
      break
    fi
    why=$(reason "$directory/$path.err")
    if [ "$try" -ge "$tries" ] || is_final "$why"; then
      give_up "$path" "$why"
      break
    fi
    try=$((try + 1))
    pause "$why"
  done
  rm -f "$directory/$path.raw.part" "$directory/$path.part" "$directory/$path.err"
}

# work LIST NUMBER: every NUMBERth of the missing parts that a list names.
work() {
  # No pipe: what runs in one would go on when this process is ended.
  awk -v n="$jobs" -v k="$2" '(NR - 1) % n == k' "$1" >"$1.$2"
  while IFS=$tab read -r path _ _ format command; do
    # shellcheck disable=SC2086 # the command is several words
    fetch "$path" "$format" $command
  done <"$1.$2"
  rm -f "$1.$2"
}

# missing LIST: writes the parts of a list that are missing to LIST.missing, and makes folders.
missing() {
  : >"$state/done"
  while IFS= read -r line; do
    [ -s "$directory/${line%%"$tab"*}" ] || printf '%s\n' "$line"
  done <"$1" >"$1.missing"
  total=$(wc -l <"$1.missing")
  awk -F '\t' 'sub(/\/[^\/]*$/, "", $1) { print $1 }' "$1.missing" | sort -u |
    while IFS= read -r folder; do mkdir -p "$directory/$folder"; done
}

# fetch_all LIST: the parts of a list that are missing, several at once.
fetch_all() {
  missing "$1"
  number=0 workers=''
  while [ "$number" -lt "$jobs" ] && [ "$number" -lt "$total" ]; do
    work "$1.missing" "$number" &
    workers="$workers $!" number=$((number + 1))
  done
  for worker in $workers; do wait "$worker"; done
  workers=''
  [ ! -t 2 ] || printf '\033[K' >&2
}

# A part: its path, collection, scope, gcloud's format, and the command.
part() { printf '%s\t%s\t%s\t%s\t%s\n' "$@"; }

# list COLLECTION COMMAND [FIELDS]: a list of all resources of a collection.
list() { part "$1.json" "$1" "projects/$project" "json${3:+($3)}" "$2 list"; }

# What may hold secrets is named field by field: VMs have scripts and keys, services have headers.
lists() {
  list networkEndpointGroups network-endpoint-groups
  list instances instances \
    "kind,id,name,selfLink,zone,creationTimestamp,status,canIpForward,networkInterfaces,\
tags.items,serviceAccounts[].email"
  list instanceGroups instance-groups
  list instanceGroupManagers 'instance-groups managed'
  list backendServices backend-services "kind,id,name,selfLink,region,creationTimestamp,\
description,affinityCookieTtlSec,backends,circuitBreakers,connectionDraining,\
connectionTrackingPolicy,consistentHash,customMetrics,edgeSecurityPolicy,enableCDN,\
externalManagedMigrationState,externalManagedMigrationTestingPercentage,failoverPolicy,haPolicy,\
healthChecks,iap.enabled,ipAddressSelectionPolicy,loadBalancingScheme,localityLbPolicies,\
localityLbPolicy,maxStreamDuration,metadatas,network,networkPassThroughLbTrafficPolicy,\
outlierDetection,port,portName,protocol,securityPolicy,serviceBindings,serviceLbPolicy,\
sessionAffinity,strongSessionAffinityCookie,subsetting,timeoutSec,usedBy"
  list healthChecks health-checks
  list httpHealthChecks http-health-checks
  list httpsHealthChecks https-health-checks
  list networks networks
  list subnetworks 'networks subnets'
  list firewalls firewall-rules
  list addresses addresses
  list forwardingRules forwarding-rules
  list urlMaps url-maps
  list targetHttpProxies target-http-proxies
  list targetHttpsProxies target-https-proxies
  list targetGrpcProxies target-grpc-proxies
  list targetTcpProxies target-tcp-proxies
  list targetSslProxies target-ssl-proxies
  list targetPools target-pools
  list targetInstances target-instances
  list serviceAttachments service-attachments
  list regions regions
  list zones zones
}

# owners FILE: the URL, type and size of each record of a list, as gcloud lays JSON out.
owners() {
  [ ! -s "$1" ] || awk -F '"' '
    /^  \{/ { url = type = "-" }
    /^    "selfLink": "/ { url = $4 }
    /^    "networkEndpointType": "/ { type = $4 }
    /^  \}/ { print url "\t" type }' "$1"
}

# parts FILE FOLDER COLLECTION COMMAND: the lists of endpoints or members of each record of a list.
# Serverless and Private Service Connect groups have no endpoints.
parts() {
  owners "$directory/$1" | while IFS=$tab read -r url type; do
    case $type in SERVERLESS | PRIVATE_SERVICE_CONNECT) continue ;; esac
    place=${url#*"/projects/$project/"}
    case $place in
      *[!a-zA-Z0-9/_-]* | *//* | "$url") give_up "$1" "its selfLink $url is not understood" ;;
      *) part "$2/$place.json" "$3" "projects/$project/$place" json "$4 $url" ;;
    esac
  done
}

# fetch_rest LIST: the same as fetch_all for lists of endpoints and members, with curl.
fetch_rest() {
  missing "$1"
  [ "$total" -gt 0 ] || return 0
  if ! token=$(gcloud auth print-access-token </dev/null 2>"$state/token.err"); then
    why="there is no access token: $(reason "$state/token.err")"
    say "$why"
    while IFS=$tab read -r path _; do note "$path" failed "$why"; done <"$1.missing"
    return
  fi
  awk -F '\t' -v OFS='\t' '{ print $1, $3, "-", 1 }' "$1.missing" >"$state/todo"
  try=1
  while [ -s "$state/todo" ]; do
    before=$(wc -l <"$state/done")
    rm -rf "$state/pages"
    mkdir "$state/pages"
    requests "$state/todo" | curl --parallel --parallel-max 16 --config - \
      >"$state/answers" 2>"$state/curl.err"
    : >"$state/next"
    : >"$state/again"
    verdicts | while IFS=$tab read -r verdict path scope page_token page why; do
      case $verdict in
        failed) printf '%s\t%s\t%s\t%s\t%s\n' "$path" "$scope" "$page_token" "$page" "$why" \
          >>"$state/again" ;;
        *) take_page "$verdict" "$path" "$scope" "$page_token" "$page" "$why" ;;
      esac
    done
    retry_rest "$before"
  done
  rm -rf "$state/pages"
}

# requests LIST: curl's configuration; the token is in it and not among the arguments.
requests() {
  base=${CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE:-https://compute.googleapis.com/compute/v1/}
  TOKEN=$token awk -F '\t' -v base="$base" -v state="$state" '
    function quoted(value) { gsub(/[\\"]/, "\\\\&", value); return "\"" value "\"" }
    function encoded(value) {
      gsub(/%/, "%25", value); gsub(/\+/, "%2B", value); gsub(/\//, "%2F", value)
      gsub(/=/, "%3D", value); gsub(/&/, "%26", value)
      return value
    }
    {
      method = $2 ~ /\/instanceGroups\// ? "listInstances" : "listNetworkEndpoints"
      url = base $2 "/" method "?maxResults=500"
      if ($3 != "-") url = url "&pageToken=" encoded($3)
      # Between sections stands "next": behind the last one it would be a request without a URL.
      if (NR > 1) print "next"
      print "url = " quoted(url)
      print "output = " quoted(state "/pages/" NR)
      print "header = " quoted("Authorization: Bearer " ENVIRON["TOKEN"])
      print "header = \"Content-Type: application/json\""
      print "data = \"\"\nsilent\nshow-error\nconnect-timeout = 30"
      print "write-out = \"" NR "\\t%{http_code}\\n\""
    }' "$1"
}

# verdicts: for each request whether its page is the last, whether one follows (with its token), or
# why it failed.
verdicts() {
  find "$state/pages" -type f -exec awk -v OFS='\t' '
    function tell() {
      if (file != "") print file, (last ~ /}[ \r]*$/ ? "whole" : "cut"), token, said
    }
    FNR == 1 { tell(); file = FILENAME; sub(/.*\//, "", file); last = ""; token = said = "-" }
    match($0, /"nextPageToken": *"[^"]+"/) {
      token = substr($0, RSTART, RLENGTH - 1); sub(/.*"/, "", token)
    }
    said == "-" && match($0, /"message": *"[^"]*/) {
      said = substr($0, RSTART, RLENGTH); sub(/"message": *"/, "", said)
    }
    NF { last = $0 }
    END { tell() }' {} + >"$state/found"
  awk -F '\t' -v OFS='\t' -v curl="$(reason "$state/curl.err")" '
    FILENAME == ARGV[1] { code[$1] = $2; next }
    FILENAME == ARGV[2] { form[$1] = $2; token[$1] = $3; said[$1] = $4; next }
    code[FNR] == 200 && form[FNR] == "whole" {
      print (token[FNR] == "-" ? "last" : "more"), $1, $2, token[FNR], $4, FNR
      next
    }
    {
      why = code[FNR] + 0 ? "HTTP " code[FNR] : curl
      if (said[FNR] != "" && said[FNR] != "-") why = why ": " said[FNR]
      if (code[FNR] == 200) why = "the answer was cut off"
      print "failed", $1, $2, $3, $4, why
    }' "$state/answers" "$state/found" "$state/todo"
}

# take_page VERDICT PATH SCOPE TOKEN PAGE FILE: adds a page to what a part has.
take_page() {
  [ "$5" -gt 1 ] || : >"$directory/$2.part"
  if ! cat "$state/pages/$6" >>"$directory/$2.part"; then
    give_up "$2" "it cannot be written"
  elif [ "$1" = more ]; then
    printf '%s\t%s\t%s\t%s\n' "$2" "$3" "$4" "$(($5 + 1))" >>"$state/next"
  elif note "$2" complete - && mv "$directory/$2.part" "$directory/$2"; then
    progress "$2"
  fi
}

# retry_rest COUNT: what is to be asked next, and what is given up; a round in which other parts
# arrived, of which COUNT were there before, counts as no try.
retry_rest() {
  cp "$state/next" "$state/todo"
  if [ "$tries" -eq 1 ] || [ "$(wc -l <"$state/done")" -le "$1" ]; then try=$((try + 1)); fi
  cause=''
  while IFS=$tab read -r path scope page_token page why; do
    if [ "$try" -gt "$tries" ] || is_final "$why"; then
      give_up "$path" "$why"
      rm -f "$directory/$path.part"
    else
      printf '%s\t%s\t%s\t%s\n' "$path" "$scope" "$page_token" "$page" >>"$state/todo"
      cause=$why
    fi
  done <"$state/again"
  [ -z "$cause" ] || pause "$cause"
}

# write_manifest: what became of each part, and how many have failed.
write_manifest() {
  if [ ! -s "$state/version" ]; then
    gcloud version --format='value("Google Cloud SDK")' </dev/null 2>/dev/null >"$state/version"
  fi
  version=$(cat "$state/version")
  cat "$state/lists" "$state/parts" >"$state/all"
  missing "$state/all"
  awk -F '\t' -v project="$project" -v start="$start" -v end="$(now)" -v version="$version" '
    function text(value) {
      gsub(/\\/, "\\\\", value); gsub(/"/, "\\\"", value); gsub(/[^ -~]/, "?", value)
      return "\"" value "\""
    }
    FILENAME == ARGV[1] { state[$1] = $2; time[$1] = $3; reason[$1] = $4; next }
    FILENAME == ARGV[2] {
      if (state[$1] != "failed") { state[$1] = "failed"; reason[$1] = "it was not fetched" }
      next
    }
    {
      if (state[$1] != "complete") failed = 1
      line = "    {\"path\": " text($1) ", \"collection\": " text($2)
      line = line ", \"scopes\": [" text($3) "], \"state\": " text(state[$1])
      line = line ", \"time\": " text($1 in time ? time[$1] : end)
      if (state[$1] != "complete") line = line ", \"reason\": " text(reason[$1])
      files = files (files == "" ? "" : ",\n") line "}"
    }
    END {
      print "{"
      print "  \"kind\": \"neglint#exportManifest\","
      print "  \"schemaVersion\": \"1.0\","
      print "  \"project\": " text(project) ","
      print "  \"state\": " text(failed ? "incomplete" : "complete") ","
      print "  \"startTime\": " text(start) ","
      print "  \"endTime\": " text(end) ","
      print "  \"gcloudVersion\": " text(version) ","
      print "  \"files\": [\n" files "\n  ]"
      print "}"
    }' "$log" "$state/all.missing" "$state/all" >"$directory/manifest.json.part" || return 1
  mv "$directory/manifest.json.part" "$directory/manifest.json"
}

# stop: ends what runs beside.
stop() {
  trap - INT TERM HUP
  say "interrupted; run the same command again to go on"
  # shellcheck disable=SC2086 # several numbers
  [ -z "${workers-}" ] || kill $workers 2>/dev/null
  exit 130
}
trap stop INT TERM HUP

begin
total=1
if [ ! -s "$directory/project.json" ]; then
  fetch project.json 'json(kind,id,name,selfLink,xpnProjectStatus,quotas)' project-info describe
  [ -s "$directory/project.json" ] || fail 1 "nothing was exported; correct that and run it again"
fi
# A project may be named by its number; its resources have its id.
id=$(sed -n 's/^  "name": "\(.*\)",\{0,1\}$/\1/p' "$directory/project.json")
project=${id:-$project}
{
  part project.json projects "projects/$project" json 'project-info describe'
  lists
} >"$state/lists"
fetch_all "$state/lists"
{
  parts networkEndpointGroups.json endpoints networkEndpoints \
    'network-endpoint-groups list-network-endpoints'
  parts instanceGroups.json members instanceGroupMembers \
    'instance-groups list-instances'
} >"$state/parts"
if [ -n "$rest" ]; then fetch_rest "$state/parts"; else fetch_all "$state/parts"; fi
write_manifest || fail 1 "$directory/manifest.json cannot be written"
if grep -q '^  "state": "complete"' "$directory/manifest.json"; then
  say "$directory is a complete export of $project; lint it with: neglint $directory"
else
  failed=$(grep -c '"state": "failed"' "$directory/manifest.json")
  fail 1 "$directory is incomplete: $failed of $(grep -c '"path": ' "$directory/manifest.json") \
parts failed; run the same command again, and only those are fetched"
fi
