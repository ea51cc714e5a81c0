package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"erp/internal/platform/audit"
	"erp/internal/platform/config"
	"erp/internal/platform/database"
	"erp/internal/platform/embeddedpg"
	"erp/internal/platform/migrate"
)

// with runs f on an open program and closes it.
func with(ctx context.Context, f func(ctx context.Context, p *program) error) error {
	cfg, log, err := settle()
	if err != nil {
		return err
	}
	p, err := open(ctx, cfg, log, embeddedpg.Join)
	if err != nil {
		return err
	}
	defer p.close()
	if p.policy != nil {
		if err := p.policy.Start(ctx); err != nil {
			return err
		}
	}
	return f(ctx, p)
}

// hosts refuses what the process that hosts the module must do.
func hosts(cfg config.Config, module string) error {
	if cfg.Hosts(module) {
		return nil
	}
	return fmt.Errorf("this is done where module %s is hosted; ERP_MODULES leaves it out here", module)
}

func migrateCommand() *cobra.Command {
	var show bool
	cmd := &cobra.Command{
		Use: "migrate", Short: "Bring the database to this version", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if show {
				return printBootstrap(cmd.OutOrStdout())
			}
			return with(cmd.Context(), func(context.Context, *program) error {
				fmt.Fprintln(cmd.OutOrStdout(), "The database is at this version.")
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&show, "print-bootstrap", false, "print the SQL that makes roles and schemas, for an administrator who runs it")
	return cmd
}

func printBootstrap(out io.Writer) error {
	cfg, log, err := settle()
	if err != nil {
		return err
	}
	secret, err := secretOf(cfg)
	if err != nil {
		return err
	}
	p := program{cfg: cfg}
	for _, options := range p.migrations(secret, log) {
		sql, err := migrate.BootstrapSQL(options)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, sql)
	}
	return nil
}

func auditCommand() *cobra.Command {
	verify := &cobra.Command{
		Use: "verify", Short: "Check that no audit entry was changed or removed", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return with(cmd.Context(), func(ctx context.Context, p *program) error { return p.verifyAudit(ctx, cmd.OutOrStdout()) })
		},
	}
	parent := &cobra.Command{Use: "audit", Short: "The audit trail"}
	parent.AddCommand(verify)
	return parent
}

func (p *program) verifyAudit(ctx context.Context, out io.Writer) error {
	broken := 0
	for _, name := range p.cfg.Hosted() {
		if err := audit.Seal(ctx, p.databases[name]); err != nil {
			return err
		}
		r, err := audit.Verify(ctx, p.databases[name])
		if err != nil {
			return err
		}
		if r.Problem != "" {
			broken++
			fmt.Fprintf(out, "%-9s BROKEN: %s\n", name, r.Problem)
			continue
		}
		fmt.Fprintf(out, "%-9s ok: %d entries, %d not sealed yet\n", name, r.Sealed, r.Unsealed)
	}
	if broken > 0 {
		return fmt.Errorf("the audit trail of %d modules is not what was sealed", broken)
	}
	return nil
}

func openapiCommand() *cobra.Command {
	return &cobra.Command{
		Use: "openapi", Short: "Print the OpenAPI document", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			document, err := document(cmd.Context())
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(document)
			return err
		},
	}
}

// document composes the house without a database behind it: routes need none.
func document(ctx context.Context) ([]byte, error) {
	databases := map[string]*database.DB{}
	for _, name := range config.Modules() {
		db, err := database.Open(ctx, database.Options{URL: "postgres://nobody@127.0.0.1:1/none", Schema: name})
		if err != nil {
			return nil, err
		}
		defer db.Close()
		databases[name] = db
	}
	h, err := compose(config.Config{}, "", slog.New(slog.DiscardHandler), time.Now, databases)
	if err != nil {
		return nil, err
	}
	return h.api.Document()
}

func ledgerCommand() *cobra.Command {
	verify := &cobra.Command{
		Use: "verify", Short: "Replay every financial event and compare with what the tables say", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return with(cmd.Context(), func(ctx context.Context, p *program) error {
				if err := hosts(p.cfg, "invoice"); err != nil {
					return err
				}
				documents := 0
				if err := p.invoices.VerifyLedger(ctx, func(n int) { documents = n }); err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "ok: %d documents are what their events say\n", documents)
				return nil
			})
		},
	}
	parent := &cobra.Command{Use: "ledger", Short: "The event-sourced ledger"}
	parent.AddCommand(verify)
	return parent
}
