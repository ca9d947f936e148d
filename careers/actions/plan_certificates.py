def certificate_section(plan, *, now):
    return None
