/** A key under which something is done once, however often it is sent. */
export const newKey = (): string => crypto.randomUUID().replaceAll("-", "");
