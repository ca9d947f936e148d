def files_section(plan):
    return None
