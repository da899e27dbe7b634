// Small schemas for text that people type: what may be stored, before anything is done with it.
import { z } from "zod";

/** One line of text: no control characters, 1 to 200 characters after trimming. */
export const lineSchema = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(200, "must be at most 200 characters")
  .regex(/^[^\p{Cc}]*$/u, "must be one line without control characters");

/** Host name, IPv4 or IPv6 address; never starts with "-", so that no tool can take it for an option. */
export const addressSchema = z
  .string()
  .trim()
  .max(253, "must be at most 253 characters")
  .regex(/^[A-Za-z0-9]([A-Za-z0-9._:%-]*[A-Za-z0-9])?$|^::1?$/, "must be a host name or an IP address");

/** POSIX login name. */
export const userSchema = z
  .string()
  .trim()
  .max(64, "must be at most 64 characters")
  .regex(/^[A-Za-z_][A-Za-z0-9_.-]*\$?$/, "must be a login name");

/** TCP or UDP port. */
export const portSchema = z.number().int().min(1, "must be 1 to 65535").max(65535, "must be 1 to 65535");

/** Absolute path on a Linux host; any characters but control characters. */
export const hostPathSchema = z
  .string()
  .max(1024)
  .regex(/^\/[^\p{Cc}]*$/u, "must be an absolute path without control characters");

/** Path of a block device on a Linux host: below /dev, without `..`. */
export const devicePathSchema = z
  .string()
  .trim()
  .max(255)
  .regex(
    /^\/dev\/(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9][A-Za-z0-9_.:+@/-]*$/,
    "must be the path of a block device, like /dev/nvme1n1",
  );

/** Linux interface name (IFNAMSIZ - 1 characters). */
export const interfaceNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/, "must be an interface name of at most 15 characters");

/** IPv4 address with prefix length, as `ip address add` takes it: `198.18.0.65/24`. */
export const cidrSchema = z
  .string()
  .trim()
  .regex(
    /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/,
    "must be an IPv4 address with prefix length, like 198.18.0.65/24",
  );

/** CPU list in the kernel's format: `0-7,16-23`. */
export const cpuListSchema = z
  .string()
  .trim()
  .regex(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, "must be a CPU list like 0-7,16-23");

/** Identifier made by Tare: safe in a path, a container's name and a domain's name. */
export const idSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,79}$/, "must be lower-case letters, digits, '.' and '-'");

/** Instant, ISO 8601 in UTC. */
export const timeSchema = z.iso.datetime();
