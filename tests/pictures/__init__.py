"""Picture files, odd and hostile ones too."""
