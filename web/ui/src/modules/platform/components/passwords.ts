const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password that is easy to read out and hard to guess: four groups of four, 79 bits. */
export function makePassword(): string {
  const letters: string[] = [];
  while (letters.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      if (byte < 248 && letters.length < 16) letters.push(alphabet[byte % alphabet.length] ?? "");
    }
  }
  return [0, 4, 8, 12].map(at => letters.slice(at, at + 4).join("")).join("-");
}
