/** A map that tells of each change after it was made. */
export class JournaledMap<V> extends Map<string, V> {
  readonly #onChange: (key: string, value: V | undefined) => void;

  constructor(
    entries: Iterable<readonly [string, V]>,
    onChange: (key: string, value: V | undefined) => void,
  ) {
    super();
    for (const [key, value] of entries) super.set(key, value);
    this.#onChange = onChange;
  }

  override set(key: string, value: V): this {
    super.set(key, value);
    this.#onChange(key, value);
    return this;
  }

  override delete(key: string): boolean {
    const isThere = super.delete(key);
    if (isThere) this.#onChange(key, undefined);
    return isThere;
  }
}
