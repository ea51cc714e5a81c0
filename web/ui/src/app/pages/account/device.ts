/** What a browser calls itself, in the words people use: "Firefox", "Linux". */
export function deviceOf(agent: string): { browser: string; system: string | undefined } {
  const browser = /Edg\//.test(agent)
    ? "Edge"
    : /Firefox\//.test(agent)
      ? "Firefox"
      : /Chrome\//.test(agent)
        ? "Chrome"
        : /Safari\//.test(agent)
          ? "Safari"
          : agent.slice(0, 40) || "–";
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent)?.[0]?.replace("Mac OS X", "macOS");
  return { browser, system };
}
