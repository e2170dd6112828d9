// What the pages of vouchers ask the server for.
import { useQuery } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { useEffect, useState } from "react";
import { adminApi } from "../../lib/api";
import type { Role } from "../../lib/session";
import type { Box } from "./boxes";
import { body, ROOM } from "./data";

export type Voucher = AdminComponents["schemas"]["Voucher"];
export type Which = "original" | "redacted";

/** As the server's table of permissions has it; the server decides. */
export const confirms = (role: Role): boolean => role === "committee_member";

export function useVouchers(disclosure: string) {
  return useQuery({
    queryKey: [ROOM, "vouchers", disclosure],
    queryFn: async ({ signal }): Promise<Voucher[]> => {
      const params = { path: { id: disclosure } };
      return body(await adminApi.GET("/api/v1/admin/disclosures/{id}/vouchers", { params, signal })).items;
    },
  });
}

export async function addVoucher(disclosure: string, line: string, file: File): Promise<Voucher> {
  const form = new FormData();
  form.append("file", file, file.name);
  return body(
    await adminApi.POST("/api/v1/admin/disclosures/{id}/lines/{line_id}/vouchers", {
      params: { path: { id: disclosure, line_id: line } },
      body: { file: "" },
      bodySerializer: () => form,
    }),
  );
}

const paramsOf = (disclosure: string, { id, version }: Voucher) => ({
  path: { id: disclosure, voucher_id: id },
  header: { "If-Match": `"${version}"` },
});

/** Puts these boxes in place of those drawn before; what is left waits for the committee. */
export async function redact(disclosure: string, voucher: Voucher, boxes: readonly Box[]): Promise<Voucher> {
  return body(
    await adminApi.POST("/api/v1/admin/disclosures/{id}/vouchers/{voucher_id}/redact", {
      params: paramsOf(disclosure, voucher),
      body: { rectangles: [...boxes] },
    }),
  );
}

export async function confirm(disclosure: string, voucher: Voucher): Promise<Voucher> {
  return body(
    await adminApi.POST("/api/v1/admin/disclosures/{id}/vouchers/{voucher_id}/confirm", {
      params: paramsOf(disclosure, voucher),
    }),
  );
}

/** Takes away a picture that was uploaded by mistake, with what was made of it. */
export async function remove(disclosure: string, voucher: Voucher): Promise<void> {
  await adminApi.POST("/api/v1/admin/disclosures/{id}/vouchers/{voucher_id}/remove", {
    params: paramsOf(disclosure, voucher),
  });
}

/**
 * A rendering of a voucher, as an address within this page. It comes with the token, is kept nowhere, and is asked for
 * once while it is looked at: whoever looks at an original is written down.
 */
export function usePicture(disclosure: string, { id, version }: Voucher, which: Which) {
  const picture = useQuery({
    // An original never changes.
    queryKey: ["voucher-picture", disclosure, id, which, which === "original" ? 0 : version],
    queryFn: async ({ signal }): Promise<Blob> => {
      const asked = {
        params: { path: { id: disclosure, voucher_id: id } },
        parseAs: "blob",
        signal,
      } as const;
      const { data } =
        which === "original"
          ? await adminApi.GET("/api/v1/admin/disclosures/{id}/vouchers/{voucher_id}/original", asked)
          : await adminApi.GET("/api/v1/admin/disclosures/{id}/vouchers/{voucher_id}/redacted", asked);
      return data as unknown as Blob;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const [url, setUrl] = useState<string | null>(null);
  const { data } = picture;
  useEffect(() => {
    if (data === undefined) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => {
      setUrl(null);
      URL.revokeObjectURL(made);
    };
  }, [data]);
  return { url, error: picture.error, again: () => void picture.refetch() };
}
