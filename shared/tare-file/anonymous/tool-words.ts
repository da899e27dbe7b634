// Words that tools print and distributions are called by. A host or an account of such a name cannot be told from the word.
export const toolWords: readonly string[] = `
aborting accel accept act active add addr address addresses addrgenmode admin aes affinity after agg aio alive
all allmulti allowed alma alpine already also always amazon amd and anon anonymous ansible aof append appendonly
arch are arm array attempting audio audiodev auto avg avx back backend background bad base based bash being beta
bin bind bins bio bionic bits blkio blockdev boot bootindex both bps broadcast buckets bus bye byte bytes cache
call can canonical capped carrier cause centos cgroup chardev charmonitor charserial chassis check chosen class
classic clat clean client clients clock clocksource close cloud cmdline colls com command commit complete
completed compressed condition conf config configuration connect connection connections console container
context control cooperlake copy core cores could count counted cpu cpuacct cpus cpuset cpushare create
cumulative current dash dat data dead debian debug default deleted deny deprecated depth dev deviation device
devices dies diff dimension direct dirty disabled discard disk display distribution dma docker docker-proxy
dockerd domain done doubles drive driver drop dump dynamic effect elapsed elements elevateprivileges emulator
enabled end engine errno error errors errs eta etc eth ether eui eventfd events execution exit ext face fail
failed failures fairness false fdinfo fdset fedora feed fifo file filename filepmdmapped files filled fio first
fix flags flush fma focal following for forever format frame free freezer from fsync function general generator
generic get getshare gettime gflop gib github global gnu gro group groupid gso guest gup handler histogram host
hostname hostnet hpet huge hugepage hugepages hugetlb hugetlbpages ifnames ignored increased index inet inf info
initialized initializing initrd inode intel inter iodepth ioengine iops ios iothread isa issue issues jammy
jemalloc job jobname jobs json just kbytes keep kernel kernelpag kernels key keys kib kvm lapacke last lat
latencies latency lazy lazyfree leading less level lib libaio libopenblasp library libvirt libvirtd link links
linpack linux list listening load loaded loadgen local localhost lock locked looked loopback low lower lowerdir
luajit mac machine madvise majf mapmax mapped maps mariadb mariadbd master masterkey max maximum maxmtu maxns
may mean megabytes mem meminfo memory mems memtotal merge merges meta mib milliseconds min minf minmtu minns
misses mode modified mon monitor monotonic mountinfo msec mtu multi multicast multifunction must mysqld name nat
native net netdev netnsid netperf netserver never noble node nodefaults nodes none noqueue norm normal not note
nov now nsec null numa number numjobs numrxqueues numtxqueues nuttcp object objrng obsolete off online only ooo
opaque open openblas opensuse options order originally other output overall overcommit overlay own packets pages
panic paper parallel path payload pci pcie per percentile performed pid pids pipe pipeline policy port posix
prealloc preferred private proc promiscuity proto proxies proxy pswpin pswpout psync pthread qdisc qemu
qemu-system-x86 qlen qom queries queue quiet ram ramblock ramp rand random randomaccess randread randrw
randwrite rate raw rcu read ready real reboot receive received reconnects redhat redis redis-benchmark
redis-load redis-server referenced refused regions relatime reliable repetitions replication reporting requested
requests resgid residual resourcecontrol resuid resv retrans rocky rollup root rssanon run running runtime
rwmixread sample sampler samples sandbox save sbin scale schedstat scheduling scope sec second seconds secret
see seed segs selected serial server set share shared shmem shmempmdmapped short shutdown side signal signalfd
sigterm size slat sleep small smaps socket sockets solution solutions source spawn speed sse sshd standalone
started starting stat state statistics status stddev storage stream strict submit sum summary sumns suse sut
swap swappss swaptotal switch sync synchronous sys sysbench sysctl system systemd table take tap tare
tare-sampler target task term terminated test tester the then this thread threads throughput ticks time timer
timestamp tool total transaction transactions transmit transmitter transparent trap triad trial trials trim
trixie true tso ttys tue tun type ubuntu under unknown unmap until updates upper upperdir uptime urandom usb use
usec user userland userlands users using usr utc util uuid vagrant valid validate validates value valuebytes
values var variant vda version veth virtio vmlinuz vmstat vmswap vnet wait warm warmupseconds warning was while
will window with without words work workdir worker write zone
`
  .trim()
  .split(/\s+/);
