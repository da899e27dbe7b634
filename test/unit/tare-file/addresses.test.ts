// Addresses in any text: what is one, what only looks like one, and what is nobody's.
import { isIPv6 } from "node:net";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  ipv4Pattern,
  ipv6Key,
  ipv6Pattern,
  macPattern,
  tellsNobody,
} from "#shared/tare-file/anonymous/addresses.ts";

const found = (pattern: string, text: string) => text.match(new RegExp(pattern, "g")) ?? [];

test.each([
  ["ping 10.1.2.3: ok", ["10.1.2.3"]],
  ["'10.1.2.3','10.1.2.4'", ["10.1.2.3", "10.1.2.4"]],
  ["root@10.1.2.3:22, 10.1.2.0/24.", ["10.1.2.3", "10.1.2.0"]],
  ["addr_10.1.2.3-10.1.2.9", ["10.1.2.3", "10.1.2.9"]],
  ["1.2.3.4.5 v1.2.3.4 256.1.1.1 1.2.3 1.2.3.4x", []],
])("IPv4 in %j", (text, addresses) => {
  expect(found(ipv4Pattern, text)).toEqual(addresses);
});

test.each([
  ["[fe80::1]:22 fe80::1%eth0 fe80::1: unreachable", ["fe80::1", "fe80::1", "fe80::1"]],
  ["tcp:2001:db8::5/64,::ffff:10.0.0.1", ["2001:db8::5", "::ffff:10.0.0.1"]],
  ["1:2:3:4:5:6:7:8", ["1:2:3:4:5:6:7:8"]],
  ["12:34:56 std::string 0000:00:1f.2 aa:bb", []],
])("IPv6 in %j", (text, addresses) => {
  expect(found(ipv6Pattern, text)).toEqual(addresses);
});

test("every address of IPv6 is found whole in a text, and all its writings are one", () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(found(ipv6Pattern, `to [${address}]:22, ${address.toUpperCase()}%x`)).toEqual([
        address,
        address.toUpperCase(),
      ]);
      const key = ipv6Key(address);
      expect(key).not.toBeNull();
      expect(ipv6Key(new URL(`http://[${address}]`).hostname.slice(1, -1))).toBe(key);
    }),
  );
});

test("what is no address of IPv6 has no key", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f:.]{0,20}$/), (text) => {
      expect(ipv6Key(text) !== null).toBe(isIPv6(text));
    }),
  );
});

test("hardware addresses of Ethernet and InfiniBand, with either sign", () => {
  const long = Array.from({ length: 20 }, () => "a0").join(":");
  expect(found(macPattern, `52:54:00:12:34:56 52-54-00-12-34-AB ${long} 12:34:56`)).toEqual([
    "52:54:00:12:34:56",
    "52-54-00-12-34-AB",
    long,
  ]);
});

test("loopback, any, broadcast and netmasks are nobody's", () => {
  const nobodys = ["0.0.0.0", "127.0.0.1", "255.255.255.0", "::", "::1", "0:0:0:0:0:0:0:1"];
  expect(nobodys.filter((text) => !tellsNobody(text))).toEqual([]);
  expect(["00:00:00:00:00:00", "FF:ff:ff:ff:ff:ff"].filter((text) => !tellsNobody(text))).toEqual([]);
  expect(["10.0.0.1", "1::1", "::ffff:7f00:1", "52:54:00:12:34:56"].filter(tellsNobody)).toEqual([]);
});
