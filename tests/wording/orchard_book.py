"""A workbook of every sort of block; what stands in «» is a word of the file's grammar."""

BOOK = """# Baking together
«Subtitle:» For bakers
«Role:» Bakers
«Cover fields:» Bakery, Begun

## How we work
«Steps»
- **Read.** Read a card.
- **Bake.** Then bake.

### Colours
«Colours»

## What takes how long
«Time frames»

## Soon
«When:» today

It takes a while.

### Bake a loaf
«Id: loaf»
«Goal:» Bake one loaf.
«Cards:» D1, D2
«Printed as:» Loaf 1
«Time:» an hour

#### Now
«Box: small»

What do you bake?

#### How is it?
«Rating»
- Never
- Always

#### What we do
«Table:» What, Who, Until («date»), Where («choice:» here, there)
«Rows:» 2
«New page»

#### Done?
«Checklist»
- The oven is off «(id: oven-off)»

## Later
«When:» tomorrow

### Bake again
«Id: again»
«Cards: OV1»

#### Which one?
«Choice»
- This
- That

#### Day
«Date»

#### Lines
«Lines: 20»

## All of it
«Summary:» The change, Who, Until

## Sign
«Signature»

## About this
«About»
"""
