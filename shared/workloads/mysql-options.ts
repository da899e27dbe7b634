// The server's configuration file, after mysql-opt.cnf of the paper's repository.

interface ServerSettings {
  readonly bufferPoolMiB: number;
  readonly port: number;
}

/**
 * MariaDB's and MySQL's option file. From the paper's file: buffer pool, log buffer, flushing, query cache, thread cache,
 * back log and packet size. Its `innodb_support_xa` and `innodb_locks_unsafe_for_binlog` exist no more. Its
 * `max_connections` of 20020 asks for 100105 open files: where an environment allows fewer, the server would make its
 * table cache smaller there and nowhere else.
 */
export function serverOptions({ bufferPoolMiB, port }: ServerSettings): string {
  return [
    "[mysqld]",
    `innodb_buffer_pool_size = ${bufferPoolMiB}M`,
    // Unknown to MariaDB, which has one pool.
    "loose_innodb_buffer_pool_instances = 8",
    "innodb_log_buffer_size = 8M",
    "innodb_flush_log_at_trx_commit = 0",
    "innodb_flush_method = O_DIRECT",
    "innodb_file_per_table = 1",
    // Unknown to MySQL since 8.0.
    "loose_query_cache_type = 0",
    "loose_query_cache_size = 0",
    "thread_cache_size = 256",
    "back_log = 60000",
    "max_allowed_packet = 64M",
    `max_connections = ${mostThreads + 24}`,
    `table_open_cache = ${mostThreads + 24}`,
    // What the paper's MySQL 5.5 had by itself: no performance schema, no binary log, no TLS.
    "performance_schema = OFF",
    "skip_log_bin",
    "loose_skip_ssl",
    // Each run starts with an empty pool; the warm-up fills it.
    "innodb_buffer_pool_dump_at_shutdown = OFF",
    "innodb_buffer_pool_load_at_startup = OFF",
    "skip_name_resolve",
    "bind_address = 0.0.0.0",
    `port = ${port}`,
    "user = root",
    'secure_file_priv = ""',
    "",
  ].join("\n");
}

/** Connections that the load generator may open. */
export const mostThreads = 1000;
