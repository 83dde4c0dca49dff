"""The designer of a draft's forms: finding, then drawing and panel, then showing, editing, questions, preview."""
