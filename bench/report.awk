# Makes tables of single runs: group, form, threads, round, target, then queries/s, p99 in ms, ticks, queries, MB or "failed".
# Ratios are taken within a round; shown are the median of the rounds and the range.

BEGIN {
  label["point/plain"] = "point selects, no script"; goal["point/plain"] = "0.95 1.15"
  label["point/look-lua"] = "point selects, Lua looks at the packet"; goal["point/look-lua"] = "0.90 1.35"
  label["point/look-py"] = "point selects, Python looks at the packet"; goal["point/look-py"] = "0.85 1.50"
  label["point/time"] = "point selects, Lua takes the time of each"; goal["point/time"] = "0.85 1.50"
  label["point/rows"] = "point selects, Lua reads every row"; goal["point/rows"] = "0.75 1.90"
  label["point/made"] = "result set made by Lua"; goal["point/made"] = "1.60 1.20"
  label["read_only/plain"] = "read-only transactions, no script"; goal["read_only/plain"] = "0.95 1.15"
  label["bulk/plain"] = "100 MB results of 1 kB rows, no script"; goal["bulk/plain"] = "1.00 1.00"
  label["bulk/hold"] = "the same, held by a Lua script"; goal["bulk/hold"] = "0.75 1.70"
  label["wide/plain"] = "100 MB results of 20 MB rows, no script"; goal["wide/plain"] = "0.90 1.30"
  label["connect/plain"] = "connect, one statement, disconnect"; goal["connect/plain"] = "0.90 1.40"
  label["paced/plain"] = "1000 point selects per second"; goal["paced/plain"] = "- -"
}

{
  cell = $1 "/" $2 "/" $3
  if (!(cell in seen)) {
    seen[cell] = 1
    cells[++cellCount] = cell
  }
  key = cell "/" $5
  if (!(key in targetSeen)) {
    targetSeen[key] = 1
    targets[cell] = targets[cell] " " $5
  }
  if ($4 > rounds) rounds = $4
  if ($6 == "failed" || NF < 10) {
    failures[key]++
  } else {
    rate[key, $4] = $6
    p99[key, $4] = $7
    cpu[key, $4] = $8 * 10000 / $9
    memory[key, $4] = $10
  }
}

function sorted(n,   i, j, x) {
  for (i = 2; i <= n; i++) {
    x = list[i]
    for (j = i - 1; j > 0 && list[j] > x; j--) list[j + 1] = list[j]
    list[j + 1] = x
  }
}

# The median of what was collected in list; sets low and high.
function median(n) {
  if (n == 0) return ""
  sorted(n)
  low = list[1]; high = list[n]
  return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}

function middle(values, key,   r, n) {
  n = 0
  for (r = 1; r <= rounds; r++) if ((key, r) in values) list[++n] = values[key, r]
  return median(n)
}

# Ratio, or difference, to the yardstick within each round.
function against(values, key, base, minus,   r, n) {
  n = 0
  for (r = 1; r <= rounds; r++)
    if ((key, r) in values && (base, r) in values && (minus || values[base, r] > 0))
      list[++n] = minus ? values[key, r] - values[base, r] : values[key, r] / values[base, r]
  return median(n)
}

function number(x) {
  return x == "" ? "-" : sprintf(x >= 100 ? "%.0f" : x >= 10 ? "%.1f" : "%.2f", x)
}

function ratio(x) {
  return x == "" ? "-" : sprintf("**%.2f** (%.2f-%.2f)", x, low, high)
}

function verdict(cell, name, speed, price,   g, parts) {
  split(cell, parts, "/")
  split(goal[parts[1] "/" name], g, " ")
  if (g[1] == "" || g[1] == "-") return "-"
  return sprintf("%s %s, %s %s", g[1], speed == "" ? "?" : speed >= g[1] ? "yes" : "no", g[2], price == "" ? "?" : price <= g[2] ? "yes" : "no")
}

function row(cell, name,   parts, key, base, speed, price, shownSpeed, shownPrice) {
  split(cell, parts, "/")
  key = cell "/" name
  base = cell "/haproxy"
  speed = against(rate, key, base, 0)
  shownSpeed = ratio(speed)
  price = against(cpu, key, base, 0)
  shownPrice = ratio(price)
  printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s / %s | %.0f | %s%s |\n", label[parts[1] "/" name], parts[2], parts[3],
    number(middle(rate, cell "/direct")), number(middle(rate, base)), number(middle(rate, key)), shownSpeed, shownPrice,
    number(middle(cpu, key)), number(middle(cpu, base)), middle(memory, key), verdict(cell, name, speed, price),
    failures[key] ? "; " failures[key] " runs failed" : ""
}

END {
  if (cellCount == 0) exit
  print ""
  print "| workload | form | threads | direct /s | HAProxy /s | proxy /s | ratio to HAProxy (range) | CPU ratio (range) | CPU us per query, proxy / HAProxy | MB | goal: ratio, CPU |"
  print "|---|---|--:|--:|--:|--:|---|---|---|--:|---|"
  for (i = 1; i <= cellCount; i++) {
    count = split(targets[cells[i]], names, " ")
    for (j = 1; j <= count; j++)
      if (names[j] != "direct" && names[j] != "haproxy") order[names[j], ++n[names[j]]] = cells[i]
  }
  total = split("plain look-lua look-py time rows made hold", kinds, " ")
  for (k = 1; k <= total; k++)
    for (i = 1; i <= n[kinds[k]]; i++)
      row(order[kinds[k], i], kinds[k])
  print ""
  print "| p99 of queries, ms | form | threads | direct | HAProxy | proxy | added over HAProxy, us (range) |"
  print "|---|---|--:|--:|--:|--:|---|"
  for (i = 1; i <= cellCount; i++) {
    split(cells[i], parts, "/")
    if (parts[3] != 8 || parts[1] != "point" && parts[1] != "paced") continue
    added = against(p99, cells[i] "/plain", cells[i] "/haproxy", 1)
    least = low * 1000
    most = high * 1000
    printf "| %s | %s | %s | %.3f | %.3f | %.3f | **%.0f** (%.0f to %.0f) |\n", label[parts[1] "/plain"], parts[2], parts[3],
      middle(p99, cells[i] "/direct"), middle(p99, cells[i] "/haproxy"), middle(p99, cells[i] "/plain"), added * 1000, least, most
  }
}
