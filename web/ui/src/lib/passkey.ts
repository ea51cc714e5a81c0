/** The browser's side of passkeys: what the API says as JSON, made into what the browser wants, and back. */

function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, letter => letter.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

interface Key {
  id: string;
  type: "public-key";
}

const keys = (list: Key[] | undefined) => (list ?? []).map(one => ({ ...one, id: bytes(one.id) }));

/** Whether passkeys of the host work in this browser, at this address. */
export function knowsPasskeys(host: string | undefined): host is string {
  const here = window.location.hostname;
  return (
    host !== undefined &&
    typeof PublicKeyCredential === "function" &&
    (here === host || here.endsWith(`.${host}`))
  );
}

/** Makes a passkey; it throws when the person cancels or the device has one already. */
export async function makePasskey(options: string): Promise<string> {
  const asked = JSON.parse(options);
  const made = (await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: keys(asked.excludeCredentials),
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return answer(made, {
    clientDataJSON: text(response.clientDataJSON),
    attestationObject: text(response.attestationObject),
  });
}

/** Shows a passkey; it throws when the person cancels or has none. */
export async function showPasskey(options: string): Promise<string> {
  const asked = JSON.parse(options);
  const shown = (await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: keys(asked.allowCredentials),
    },
  })) as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  return answer(shown, {
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : undefined,
  });
}

function answer(key: PublicKeyCredential, response: Record<string, string | undefined>): string {
  return JSON.stringify({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    clientExtensionResults: {},
    response,
  });
}
