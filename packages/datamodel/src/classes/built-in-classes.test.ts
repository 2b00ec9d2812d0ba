import { expect, it } from 'vitest'
import { defineTree } from '../schema/tree-definition.ts'

it('PC4 the built-in classes come first in every definition, in an order that is part of the wire', () => {
  expect(
    defineTree()
      .classes.map(({ schema }) => schema.name)
      .join(' '),
  ).toBe(
    'DataModel Workspace Players ReplicatedFirst ReplicatedStorage ServerStorage ServerScriptService StarterGui ' +
      'StarterPack StarterPlayer Teams Player PlayerGui Backpack Folder Configuration Model Part Team RemoteEvent ' +
      'UnreliableRemoteEvent RemoteFunction BindableEvent BindableFunction BoolValue IntValue NumberValue StringValue ObjectValue ' +
      'Vector3Value CFrameValue Color3Value',
  )
})
