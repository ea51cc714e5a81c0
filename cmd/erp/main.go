// Command erp is the whole program: one binary that serves the browser application and
// its API, and the commands an operator needs.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// version is set by the build.
var version = "dev" //nolint:gochecknoglobals // because the linker sets it

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := rootCommand().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "erp:", err)
		os.Exit(1) //nolint:gocritic // because nothing is left to stop
	}
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "erp",
		Short:         "Assets, invoices and employees of a company in one program",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(serveCommand(), migrateCommand(), demoCommand(), adminCommand(),
		auditCommand(), ledgerCommand(), backupCommand(), restoreCommand(), openapiCommand(), versionCommand())
	return root
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) { fmt.Fprintln(cmd.OutOrStdout(), "erp", version) },
	}
}
