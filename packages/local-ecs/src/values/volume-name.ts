/** Such a name is also that of a folder. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html (read 2026-11) */
export function isVolumeName(name: unknown): name is string {
  return typeof name === "string" && /^[A-Za-z0-9_-]{1,255}$/.test(name);
}
