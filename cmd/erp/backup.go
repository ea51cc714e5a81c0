package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"erp/internal/platform/backup"
	"erp/internal/platform/embeddedpg"
)

func backupCommand() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Copy the whole system into one file, also while it runs", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withSystem(cmd.Context(), embeddedpg.Join, func(ctx context.Context, s backup.System) error {
				m, err := backup.WriteFile(ctx, args[0], s)
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s holds the system as of %s: %d rows.\n", args[0], m.MadeAt.Format(time.RFC3339), m.Rows())
				return nil
			})
		},
	}
}

func restoreCommand() *cobra.Command {
	var choice backup.Choice
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Bring a copy back into an empty system that does not run", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withSystem(cmd.Context(), embeddedpg.Start, func(ctx context.Context, s backup.System) error {
				m, err := backup.ReadFile(ctx, args[0], s, choice)
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "The system is as it was at %s: %d rows.\n", m.MadeAt.Format(time.RFC3339), m.Rows())
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&choice.Overwrite, "overwrite", false, "lose what the system holds now")
	return cmd
}

// withSystem runs f on the database without the house that works on it.
func withSystem(ctx context.Context, start starter, f func(context.Context, backup.System) error) error {
	cfg, log, err := settle()
	if err != nil {
		return err
	}
	p, err := reach(ctx, cfg, log, start)
	if err != nil {
		return err
	}
	defer p.close()
	secret, err := secretOf(cfg)
	if err != nil {
		return err
	}
	servers := p.migrations(secret, log)
	if len(servers) > 1 {
		return fmt.Errorf("a copy is of one database, as of one moment, and the modules here have %d: "+
			"copy each by itself, with ERP_MODULES naming the modules of one database", len(servers))
	}
	return f(ctx, backup.System{Options: servers[0], Program: version, Now: time.Now})
}
