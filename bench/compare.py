#!/usr/bin/env python3
"""Compare proxies in front of one server with sysbench, in interleaved runs.

    bench/compare.py --prepare direct=127.0.0.1:3306
    bench/compare.py direct=127.0.0.1:3306 haproxy=127.0.0.1:3310 proxy=127.0.0.1:4040

The first target is the yardstick. Machines are shared and noisy, so single figures mean little: in each round every target
runs once, the order turns round from one round to the next, and a ratio is taken within a round. Printed are the median of
the rounds and their range. Needs sysbench 1.0 and an account that may use the schema (--user, --password, --schema).
"""
import argparse
import re
import statistics
import subprocess
import sys

TABLES = ["--tables=4", "--table-size=20000"]


def sysbench(options, target, test, threads, seconds, action):
    host, port = target.rsplit(":", 1)
    command = ["sysbench", test, "--db-driver=mysql", "--mysql-host=" + host, "--mysql-port=" + port,
               "--mysql-user=" + options.user, "--mysql-password=" + options.password, "--mysql-db=" + options.schema,
               "--mysql-ssl=off", "--threads=%d" % threads, "--time=%d" % seconds, "--events=0",
               "--db-ps-mode=" + options.ps] + TABLES + [action]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=seconds * 3 + 300)


def rate(options, target, test, threads, seconds):
    done = sysbench(options, target, test, threads, seconds, "run")
    found = re.search(r"queries:\s+\d+\s+\(([\d.]+) per sec", done.stdout)
    if done.returncode or not found:
        sys.exit("%s failed:\n%s" % (target, done.stdout[-2000:]))
    return float(found[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="+", metavar="NAME=HOST:PORT")
    parser.add_argument("--user", default="bench")
    parser.add_argument("--password", default="bench")
    parser.add_argument("--schema", default="sbtest")
    parser.add_argument("--test", default="oltp_point_select")
    parser.add_argument("--ps", default="disable", help="sysbench's --db-ps-mode: disable (text) or auto (prepared)")
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=10, help="of each run")
    parser.add_argument("--warm-up", type=int, default=30, help="seconds for each target, not counted")
    parser.add_argument("--prepare", action="store_true", help="create sysbench's tables through the first target and stop")
    options = parser.parse_args()
    targets = dict(t.split("=", 1) for t in options.targets)
    names = list(targets)
    if options.prepare:
        sys.exit(sysbench(options, targets[names[0]], options.test, 1, 0, "prepare").returncode)

    for name in names:
        rate(options, targets[name], options.test, options.threads, options.warm_up)
    rounds = []
    for number in range(options.rounds):
        order = names if number % 2 == 0 else names[::-1]
        rounds.append({n: rate(options, targets[n], options.test, options.threads, options.seconds) for n in order})

    print("%s, ps %s, %d threads, %d rounds of %d s" % (
        options.test, options.ps, options.threads, options.rounds, options.seconds))
    for name in names:
        ratios = [r[name] / r[names[0]] for r in rounds]
        print("%-12s %9.0f queries/s   ratio to %s %.2f (%.2f-%.2f)" % (
            name, statistics.median(r[name] for r in rounds), names[0], statistics.median(ratios), min(ratios), max(ratios)))


if __name__ == "__main__":
    main()
