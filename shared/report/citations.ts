// Bibliographic data of the paper and of the programs that Tare runs, as their authors or publishers give them.

export interface Citation {
  readonly type: "techreport" | "inproceedings" | "article" | "misc";
  /** Braces keep capitals. */
  readonly fields: Readonly<Record<string, string>>;
  /** A program, of which the version counts. */
  readonly program: boolean;
}

export type CitationKey =
  | "felter2014"
  | "felter2015"
  | "tare"
  | "linpack"
  | "openblas"
  | "stream"
  | "hpcc"
  | "nuttcp"
  | "netperf"
  | "fio"
  | "redis"
  | "mariadb"
  | "mysql"
  | "sysbench"
  | "docker"
  | "merkel2014"
  | "qemu"
  | "kvm"
  | "libvirt";

const authors = "Felter, Wes and Ferreira, Alexandre and Rajamony, Ram and Rubio, Juan";

const publication = (type: Citation["type"], fields: Citation["fields"]): Citation => ({
  type,
  fields,
  program: false,
});
const program = (fields: Citation["fields"]): Citation => ({ type: "misc", fields, program: true });

export const citations: Readonly<Record<CitationKey, Citation>> = {
  felter2014: publication("techreport", {
    author: authors,
    title: "An Updated Performance Comparison of Virtual Machines and {Linux} Containers",
    institution: "IBM Research Division",
    type: "IBM Research Report",
    number: "RC25482 (AUS1407-001)",
    month: "7",
    year: "2014",
  }),
  felter2015: publication("inproceedings", {
    author: authors,
    title: "An Updated Performance Comparison of Virtual Machines and {Linux} Containers",
    booktitle: "2015 IEEE International Symposium on Performance Analysis of Systems and Software (ISPASS)",
    pages: "171--172",
    year: "2015",
    doi: "10.1109/ISPASS.2015.7095802",
  }),
  tare: program({
    author: "{Tare contributors}",
    title: "Tare: what containers and virtual machines cost on your own hardware",
  }),
  linpack: publication("article", {
    author: "Dongarra, Jack J. and Luszczek, Piotr and Petitet, Antoine",
    title: "The {LINPACK} Benchmark: past, present and future",
    journal: "Concurrency and Computation: Practice and Experience",
    volume: "15",
    number: "9",
    pages: "803--820",
    year: "2003",
    doi: "10.1002/cpe.728",
  }),
  openblas: publication("inproceedings", {
    author: "Zhang, Xianyi and Wang, Qian and Zhang, Yunquan",
    title: "Model-driven Level 3 {BLAS} Performance Optimization on {Loongson} 3A Processor",
    booktitle: "2012 IEEE 18th International Conference on Parallel and Distributed Systems (ICPADS)",
    year: "2012",
    doi: "10.1109/ICPADS.2012.97",
  }),
  stream: publication("article", {
    author: "McCalpin, John D.",
    title: "Memory Bandwidth and Machine Balance in Current High Performance Computers",
    journal: "IEEE Computer Society Technical Committee on Computer Architecture (TCCA) Newsletter",
    month: "12",
    year: "1995",
    url: "https://www.cs.virginia.edu/stream/",
  }),
  hpcc: publication("article", {
    author: "Luszczek, Piotr and Dongarra, Jack and Kepner, Jeremy",
    title: "Design and Implementation of the {HPC} {Challenge} Benchmark Suite",
    journal: "CTWatch Quarterly",
    volume: "2",
    number: "4A",
    month: "11",
    year: "2006",
    url: "http://www.ctwatch.org/quarterly/articles/2006/11/design-and-implementation-of-the-hpc-challenge-benchmark-suite/",
  }),
  nuttcp: program({
    author: "Fink, Bill and Scott, Rob",
    title: "nuttcp: a network performance measurement tool",
    url: "https://www.nuttcp.net/",
  }),
  netperf: program({
    author: "Jones, Rick and {Hewlett Packard}",
    title: "netperf",
    url: "https://github.com/HewlettPackard/netperf",
  }),
  fio: program({
    author: "Axboe, Jens",
    title: "fio: flexible {I/O} tester",
    url: "https://github.com/axboe/fio",
  }),
  redis: program({
    author: "Sanfilippo, Salvatore and {Redis contributors}",
    title: "{Redis}",
    url: "https://redis.io/",
  }),
  mariadb: program({
    author: "{MariaDB Foundation}",
    title: "{MariaDB} Server",
    url: "https://mariadb.org/",
  }),
  mysql: program({ author: "{Oracle Corporation}", title: "{MySQL}", url: "https://www.mysql.com/" }),
  sysbench: program({
    author: "Kopytov, Alexey",
    title: "sysbench: scriptable database and system performance benchmark",
    url: "https://github.com/akopytov/sysbench",
  }),
  docker: program({ author: "{Docker, Inc.}", title: "{Docker} {Engine}", url: "https://www.docker.com/" }),
  merkel2014: publication("article", {
    author: "Merkel, Dirk",
    title: "{Docker}: lightweight {Linux} containers for consistent development and deployment",
    journal: "Linux Journal",
    volume: "2014",
    number: "239",
    year: "2014",
  }),
  qemu: {
    type: "inproceedings",
    program: true,
    fields: {
      author: "Bellard, Fabrice",
      title: "{QEMU}, a Fast and Portable Dynamic Translator",
      booktitle: "USENIX Annual Technical Conference, FREENIX Track",
      pages: "41--46",
      year: "2005",
    },
  },
  kvm: publication("inproceedings", {
    author: "Kivity, Avi and Kamay, Yaniv and Laor, Dor and Lublin, Uri and Liguori, Anthony",
    title: "kvm: the {Linux} virtual machine monitor",
    booktitle: "Proceedings of the Linux Symposium",
    volume: "1",
    pages: "225--230",
    year: "2007",
  }),
  libvirt: program({
    author: "{libvirt contributors}",
    title: "libvirt: the virtualization {API}",
    url: "https://libvirt.org/",
  }),
};
