package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter/config"
)

func (c *command) initCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "init [folder]",
		Short: "Write a commented " + config.FileName + " to start from",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			return c.writeConfig(filepath.Join(dir, config.FileName))
		},
	}
	cmd.AddCommand(c.initRuleCommand())
	return cmd
}

// writeConfig writes the template of a configuration to a file that is not
// there yet.
func (c *command) writeConfig(path string) error {
	text, err := config.Template()
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already", path)
	}
	if err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	_, err = file.Write(text)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	_, err = fmt.Fprintf(c.stdout, "wrote %s\n", path)
	return err
}
