package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"erp/internal/platform/config"
	"erp/internal/platform/embeddedpg"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rpc"
	"erp/internal/platform/telemetry"
)

func serveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "serve", Short: "Run the program", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, log, err := settle()
			if err != nil {
				return err
			}
			if cfg.OTLPURL != "" {
				stop, err := telemetry.StartTracing(cmd.Context(), cfg.OTLPURL, serviceName(cfg), version)
				if err != nil {
					return err
				}
				defer telemetry.Flushed(cmd.Context(), stop)
			}
			listener, err := net.Listen("tcp", cfg.Addr)
			if err != nil {
				return fmt.Errorf("listen on %s: %w; set ERP_ADDR to a free address", cfg.Addr, err)
			}
			defer listener.Close() //nolint:errcheck // because serving has closed it by then
			p, err := open(cmd.Context(), cfg, log, embeddedpg.Start)
			if err != nil {
				return err
			}
			defer p.close()
			return p.serve(cmd.Context(), listener, func() { announce(cmd, listener.Addr(), cfg) })
		},
	}
}

// serviceName is what traces call this process.
func serviceName(cfg config.Config) string {
	if len(cfg.Modules) == len(config.Modules()) {
		return "erp"
	}
	return "erp-" + strings.Join(cfg.Modules, "-")
}

func announce(cmd *cobra.Command, addr net.Addr, cfg config.Config) {
	address := "http://" + addr.String()
	if cfg.PublicURL != "" {
		address = cfg.PublicURL
	}
	fmt.Fprintf(cmd.OutOrStdout(), "\n  ERP %s is ready at %s\n  Stop it with Ctrl-C.\n\n", version, address)
}

// serve works until ctx ends: then readiness goes away, requests in flight are
// answered, and jobs end or go back to their queue.
func (p *program) serve(ctx context.Context, listener net.Listener, ready func()) error {
	if err := p.prepare(ctx, "My company"); err != nil {
		return err
	}
	background, endBackground := context.WithCancel(context.WithoutCancel(ctx))
	defer endBackground()
	if p.policy != nil {
		go p.policy.Watch(background)
		go p.admin.Watch(background)
	}
	if err := p.startCarrying(background); err != nil {
		return err
	}
	debug.FreeOSMemory() // starting takes more than serving; the system gets it back
	releaseProgram()
	ready()
	grace := time.Duration(p.cfg.ShutdownGrace) * time.Second
	server := httpapi.NewServer(p.cfg.Addr, p.api, p.log)
	if p.neighbours != nil {
		server.Protocols = rpc.Protocols()
	}
	served := httpapi.Serve(ctx, server, listener, httpapi.Stopping{
		Grace: grace, Linger: time.Duration(p.cfg.ShutdownLinger) * time.Second, Begin: p.health.Drain, Probe: p.api.IsProbe,
	})
	return errors.Join(served, p.stopCarrying(background, grace))
}

// prepare brings the policy and the first administrator into place. The name is that of a company that does not exist yet.
func (p *program) prepare(ctx context.Context, company string) error {
	if p.policy == nil { // access is decided in another process
		return nil
	}
	if err := p.policy.Start(ctx); err != nil {
		return err
	}
	if p.cfg.AdminEmail == "" {
		return nil
	}
	_, err := p.admin.EnsureSetUp(ctx, company, p.cfg.AdminEmail, p.cfg.AdminPassword)
	return err
}
