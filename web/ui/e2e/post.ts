import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";

/* A mail server of the journeys' own, in the process that runs them: it takes every mail and keeps to whom it went. */

export const postFile = () => `${process.env.E2E_DATA}.post`;

/** To whom mails went so far, in the order in which they came. */
export const recipients = () =>
  existsSync(postFile()) ? readFileSync(postFile(), "utf8").split("\n").filter(Boolean) : [];

export function startPost(port: number): Server {
  const server = createServer(socket => {
    let waiting = "";
    let reading = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string) => {
      if (reading) {
        if (line !== ".") return;
        reading = false;
        say("250 taken");
        return;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "RCPT") appendFileSync(postFile(), `${line.replace(/.*<(.*)>.*/, "$1")}\n`);
      reading = verb === "DATA";
      say(verb === "DATA" ? "354 go on" : verb === "QUIT" ? "221 bye" : "250 ok");
      if (verb === "QUIT") socket.end();
    };
    socket.on("error", () => socket.destroy());
    socket.on("data", data => {
      const lines = (waiting + data.toString("latin1")).split("\r\n");
      waiting = lines.pop() ?? "";
      lines.forEach(hear);
    });
    say("220 the journeys");
  });
  return server.listen(port, "127.0.0.1");
}

/** Begins before the journeys and ends after them. */
export default function setUp() {
  const server = startPost(Number(process.env.E2E_POST));
  return () => {
    server.close();
    rmSync(postFile(), { force: true });
  };
}
