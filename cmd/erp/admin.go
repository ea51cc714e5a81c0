package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

func adminCommand() *cobra.Command {
	parent := &cobra.Command{Use: "admin", Short: "Administrators, when nobody can sign in to make one"}
	parent.AddCommand(adminCreateCommand(), adminRecoverCommand())
	return parent
}

func adminCreateCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "create E-MAIL", Short: "Open an administrator's account; the password is read from ERP_ADMIN_PASSWORD or standard input",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			password, err := readPassword(cmd.InOrStdin(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			return with(cmd.Context(), func(ctx context.Context, p *program) error {
				if err := hosts(p.cfg, "platform"); err != nil {
					return err
				}
				user, err := p.admin.CreateAdministrator(ctx, name, args[0], password)
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s can sign in as administrator.\n", user.Email)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&name, "name", "Administrator", "the person's name")
	return cmd
}

func adminRecoverCommand() *cobra.Command {
	return &cobra.Command{
		Use: "recover E-MAIL", Short: "Make somebody administrator again, with a password for one sign-in", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return with(cmd.Context(), func(ctx context.Context, p *program) error {
				if err := hosts(p.cfg, "platform"); err != nil {
					return err
				}
				password, err := p.admin.Recover(ctx, args[0])
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s is administrator. Password for the next sign-in: %s\n", args[0], password)
				return nil
			})
		},
	}
}

// readPassword never takes a password from the command line, where others could see it.
func readPassword(in io.Reader, prompt io.Writer) (string, error) {
	if password := os.Getenv("ERP_ADMIN_PASSWORD"); password != "" {
		return password, nil
	}
	fmt.Fprint(prompt, "Password: ")
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && (!errors.Is(err, io.EOF) || line == "") {
		return "", fmt.Errorf("read password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}
