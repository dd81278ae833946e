"""Acts of document control: issuing, comparing, reissuing, finding out which card is which."""
