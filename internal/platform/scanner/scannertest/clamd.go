// Package scannertest has a clamd for tests, which finds one word. It knows no module.
package scannertest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"sync/atomic"
	"testing"
)

// Malware is what the scanner of a test finds.
const Malware = "THIS-IS-MALWARE-FOR-TESTS"

// Clamd listens until the test ends or it is told to go away.
type Clamd struct {
	listener net.Listener
	scans    atomic.Int32
	max      int
	says     string
}

// Start listens on the network at the address; files longer than max are refused. It says the same to everything when says
// is not empty.
func Start(t testing.TB, network, address string, maxBytes int, says string) *Clamd {
	t.Helper()
	listener, err := net.Listen(network, address)
	if err != nil {
		t.Fatalf("start clamd for tests: %v", err)
	}
	c := &Clamd{listener: listener, max: maxBytes, says: says}
	t.Cleanup(c.Stop)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go c.serve(conn)
		}
	}()
	return c
}

// Address is where it listens.
func (c *Clamd) Address() string { return c.listener.Addr().String() }

// Scans counts the files it was shown.
func (c *Clamd) Scans() int { return int(c.scans.Load()) }

// Stop goes away.
func (c *Clamd) Stop() { _ = c.listener.Close() }

func (c *Clamd) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	if command, err := in.ReadString(0); err != nil || command != "zINSTREAM\x00" {
		_, _ = io.WriteString(conn, "UNKNOWN COMMAND\x00")
		return
	}
	var content bytes.Buffer
	for {
		var size uint32
		if err := binary.Read(in, binary.BigEndian, &size); err != nil {
			return
		}
		if size == 0 {
			break
		}
		if content.Len()+int(size) > c.max {
			_, _ = io.WriteString(conn, "INSTREAM size limit exceeded. ERROR\x00")
			_, _ = io.Copy(io.Discard, in)
			return
		}
		if _, err := io.CopyN(&content, in, int64(size)); err != nil {
			return
		}
	}
	c.scans.Add(1)
	reply := "stream: OK"
	if bytes.Contains(content.Bytes(), []byte(Malware)) {
		reply = "stream: Test.Malware-1 FOUND"
	}
	if c.says != "" {
		reply = c.says
	}
	_, _ = io.WriteString(conn, reply+"\x00")
}
