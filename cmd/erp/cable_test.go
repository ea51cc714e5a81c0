package main_test

import (
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// cable carries what one process sends to another, for as long as nobody cuts it.
type cable struct {
	to   string
	addr string

	mu       sync.Mutex
	listener net.Listener
	lines    map[net.Conn]struct{}
	delay    time.Duration
	swallow  bool
}

// lay lays a cable to the address.
func lay(t *testing.T, to string) *cable {
	t.Helper()
	c := &cable{to: to, addr: freeAddress(t), lines: map[net.Conn]struct{}{}}
	c.mend(t)
	t.Cleanup(c.cut)
	return c
}

// URL is where the cable begins.
func (c *cable) URL() string { return "http://" + c.addr }

// cut resets what is connected, and refuses what comes.
func (c *cable) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.listener != nil {
		_ = c.listener.Close()
		c.listener = nil
	}
	for line := range c.lines {
		if tcp, ok := line.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = line.Close()
	}
}

// lose lets everything vanish without a word, as a firewall does.
func (c *cable) lose() { c.set(0, true) }

// slow adds so long to whatever goes either way.
func (c *cable) slow(by time.Duration) { c.set(by, false) }

func (c *cable) set(delay time.Duration, swallow bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.delay, c.swallow = delay, swallow
}

// mend makes the cable a good one again.
func (c *cable) mend(t *testing.T) {
	t.Helper()
	c.set(0, false)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.listener != nil {
		return
	}
	listener, err := net.Listen("tcp", c.addr)
	require.NoError(t, err)
	c.listener = listener
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			go c.connect(near)
		}
	}()
}

func (c *cable) connect(near net.Conn) {
	far, err := net.Dial("tcp", c.to)
	if err != nil {
		_ = near.Close()
		return
	}
	c.mu.Lock()
	c.lines[near], c.lines[far] = struct{}{}, struct{}{}
	c.mu.Unlock()
	go c.carry(near, far)
	c.carry(far, near)
}

func (c *cable) carry(from, to net.Conn) {
	defer func() {
		_, _ = from.Close(), to.Close()
		c.mu.Lock()
		delete(c.lines, from)
		c.mu.Unlock()
	}()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		c.mu.Lock()
		delay, swallow := c.delay, c.swallow
		c.mu.Unlock()
		if swallow {
			continue
		}
		time.Sleep(delay)
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}
