// Where the paper's text or labels and its own raw data disagree (felter2014.md, section 6), for readers without either.
import type { Contradiction } from "../model/dataset.ts";

export const contradictions: readonly Contradiction[] = [
  {
    id: "mysql-nat-label",
    subject: "mysql",
    title: "MySQL: the series “Docker NAT volume” was not measured behind NAT",
    paper:
      "Figures 16 to 19 plot a series “Docker NAT volume”; §3.8 reads a small cost of NAT from it, and a cost of AUFS of some 12 % from its distance to “Docker NAT AUFS”.",
    data: "Packets received by the host per transaction: native 16.0, Docker host network 16.0, this series 16.0, KVM 32.0, “Docker NAT AUFS” 48.0, at every load. The authors' workbook calls the sheet “Docker local FS”. AUFS against a volume, both with the host's network: 0.987 to 1.020 of the throughput; NAT against the host's network, both on AUFS: 0.852 to 0.939.",
    reason:
      "A request behind NAT crosses the NIC, the bridge and the veth pair and is counted three times; 16.0 is the count of the host's network. So the series ran with host networking and its files in AUFS, and the 12 % that the paper assigns to AUFS are the cost of NAT. That the files were in AUFS rests on the names alone.",
  },
  {
    id: "mysql-read-only",
    subject: "mysql",
    title: "MySQL: the load was read-only",
    paper: "§3.8 describes transactions with SELECT, UPDATE, DELETE and INSERT.",
    data: "All 750 reports behind Figures 16 to 19 say “Doing read-only test”, with 0 writes and 14 reads a transaction; the disks were practically never read.",
    reason:
      "sysbench ran with --oltp-read-only=on over a data set that fits into memory, so the storage took no part.",
  },
  {
    id: "redis-nat-4-clients",
    subject: "redis",
    title: "Redis behind NAT at 4 clients",
    paper: "51 µs, 1.05 times native at 4 connections; the overhead grows to more than 1.11 times at 100.",
    data: "69 to 72 µs and 1.31 times native at 4 clients; 1.24 (SET) and 1.32 (GET) at 100. 51 to 55 µs is what native takes.",
    reason:
      "The factor does not grow with the number of clients, the added time does. “Over 1.11” holds as a lower bound only.",
  },
  {
    id: "redis-load",
    subject: "redis",
    title: "Redis: another load than described",
    paper: "Pipelining of up to 10 requests, half reads and half writes, 150 million keys, 11 GB of memory.",
    data: "redis-benchmark without pipelining, one command after the other, at most 500 000 SETs after each flush, a guest of 1.5 GiB.",
    reason:
      "The scripts and logs of the repository; 16 000 requests a second with one client is one request under way at a time.",
  },
  {
    id: "redis-beyond-100",
    subject: "redis",
    title: "Redis beyond 100 clients",
    paper: "Beyond 100 connections the throughput of KVM and native is practically identical.",
    data: "KVM reaches 0.87 to 0.95 of native at 100 to 120 clients.",
    reason: "The distance narrows and does not close in the measured range.",
  },
  {
    id: "docker-never-below-kvm",
    subject: "redis",
    title: "“Docker equals or exceeds KVM in every case”",
    paper: "§5: in every case we tested, Docker equals or exceeds KVM performance.",
    data: "Redis behind NAT falls below KVM from 30 to 40 clients on: 0.82 to 0.87 from 80 clients on; 0.88 to 0.91 at 100 to 120 clients with the fastest NAT file alone.",
    reason: "NAT costs CPU for every packet; the guest's bridge with vhost costs less there.",
  },
  {
    id: "vcpus",
    subject: "setup",
    title: "Number of vCPUs",
    paper: "§3: the guests were configured with 32 vCPUs.",
    data: "nuttcp 4, netperf 1, Redis 1, fio 16 in the plotted run; the re-run of fio with 32 gives 42 500, 56 200 and 49 200 I/Os per second, less than plotted.",
    reason: "The scripts of each workload start guests of their own.",
  },
  {
    id: "fio-durations",
    subject: "fio",
    title: "fio: durations, concurrency, units, variance",
    paper:
      "Sequential throughput averaged over 60 s; 128 requests under way; KVM varies about four times as much.",
    data: "Sequential jobs ended after 21 to 23 s; the mixed job has 256 requests under way; the ratio of standard deviations is 4.1 for writes and 10.9 for reads. Plotted “MB/s” are KiB/s divided by 1000: 806.9 is 826.3 MB/s.",
    reason: "The job file ends sequential jobs after one pass over 16 GiB, and 32 × 8 requests are 256.",
  },
  {
    id: "stream-median",
    subject: "stream",
    title: "STREAM: 1.4 % on one socket",
    paper: "On one socket the medians of the three environments differ by at most 1.4 %.",
    data: "1.1 % on one socket; 1.38 % is the Triad on two sockets.",
    reason:
      "The text speaks of medians, the captions of means; the workbook was changed to means on 19 August 2014.",
  },
  {
    id: "randomaccess-files",
    subject: "randomaccess",
    title: "RandomAccess: files under the wrong name",
    paper: "Figure 4 shows one socket, Figure 5 two.",
    data: "The files named “single-socket” of the repository's RandomAccess/results hold the runs on two sockets.",
    reason:
      "The figures are right: the workbook used the right files. Whoever reads the logs by their names is misled.",
  },
];
