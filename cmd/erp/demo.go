package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
)

// size is how large an example company is.
type size struct {
	employees, assets, invoices int
	seed                        int64
}

// small is the company that the set-up page offers: enough to fill every screen.
func small() size { return size{employees: 60, assets: 240, invoices: 400, seed: 1} }

// sample is what the set-up page offers: the example company, where all modules are hosted.
func (h *house) sample() func(ctx context.Context) error {
	if h.neighbours != nil {
		return nil
	}
	return h.sampleCompany
}

// sampleCompany fills the modules with the company that the set-up page offers.
func (h *house) sampleCompany(ctx context.Context) error { return h.fill(ctx, small(), io.Discard) }

// fill loads an example company, upstream modules first: assets need people to hold them. The company's own profile
// comes before the invoices that it stands on; what a company says of itself is kept.
func (h *house) fill(ctx context.Context, s size, out io.Writer) error {
	if err := whole(h.cfg, "an example company"); err != nil {
		return err
	}
	began := time.Now()
	if err := h.admin.FillSampleCompany(ctx); err != nil {
		return err
	}
	people, err := h.employees.LoadDemo(ctx, s.employees, s.seed)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%9d employees\n", len(people))
	assets, err := h.assets.LoadDemo(ctx, s.assets, s.seed, people, func(done int) { fmt.Fprintf(out, "\r%9d assets", done) })
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\r%9d assets\n", len(assets))
	invoices, err := h.invoices.LoadDemo(ctx, s.invoices, s.seed, people, func(done int) { fmt.Fprintf(out, "\r%9d invoices", done) })
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\r%9d invoices\n", invoices)
	fmt.Fprintf(out, "in %s\n", time.Since(began).Round(100*time.Millisecond))
	return nil
}

// Who the example company is when nobody has set one up.
const (
	sampleCompany       = "Northwind Trading"
	sampleAdministrator = "admin@example.com"
)

// prepareSample sees to it that there is a company to be filled, and somebody who can sign in.
func (p *program) prepareSample(ctx context.Context, out io.Writer) error {
	if err := p.prepare(ctx, sampleCompany); err != nil || p.policy == nil || p.cfg.AdminEmail != "" {
		return err
	}
	password := rand.Text()
	made, err := p.admin.EnsureSetUp(ctx, sampleCompany, sampleAdministrator, password)
	if made {
		fmt.Fprintf(out, "There was no company yet, so this is %s. Sign in as %s with the password %s\n", sampleCompany, sampleAdministrator, password)
	}
	return err
}

func demoCommand() *cobra.Command {
	s := small()
	cmd := &cobra.Command{
		Use: "demo", Short: "Fill an empty company with people, assets and invoices", Args: cobra.NoArgs,
		Long: "Fill an empty company with people, assets and invoices, the same ones for the same seed.\n" +
			"Without a company yet, one is made. Its administrator is that of ERP_ADMIN_EMAIL and ERP_ADMIN_PASSWORD,\n" +
			"or " + sampleAdministrator + " with a password that is shown once.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return with(cmd.Context(), func(ctx context.Context, p *program) error {
				if err := p.prepareSample(ctx, cmd.OutOrStdout()); err != nil {
					return err
				}
				return p.fill(ctx, s, os.Stderr)
			})
		},
	}
	cmd.Flags().IntVar(&s.employees, "employees", s.employees, "how many people")
	cmd.Flags().IntVar(&s.assets, "assets", s.assets, "how many assets")
	cmd.Flags().IntVar(&s.invoices, "invoices", s.invoices, "how many invoices")
	cmd.Flags().Int64Var(&s.seed, "seed", s.seed, "another seed makes another company")
	return cmd
}
